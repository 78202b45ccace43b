SECRET_KEY = "only for the lab"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "_urls"
INSTALLED_APPS = ["corsheaders"]
MIDDLEWARE = [
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.common.CommonMiddleware",
]
CORS_ALLOWED_ORIGINS = ["https://app.example.com", "null"]
