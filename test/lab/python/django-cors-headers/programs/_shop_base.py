"""Settings that others take over."""
SECRET_KEY = "only for the lab"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "_urls"
INSTALLED_APPS = ["corsheaders"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
TRUSTED = ["https://app.example.com", "http://localhost:3000"]
CORS_ALLOW_CREDENTIALS = True
