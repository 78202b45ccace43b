SECRET_KEY = "only for the lab"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "_urls"
INSTALLED_APPS = ["corsheaders"]
MIDDLEWARE = [
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.common.CommonMiddleware",
]
CORS_ALLOW_ALL_ORIGINS = False
CORS_ORIGIN_ALLOW_ALL = True
CORS_ALLOWED_ORIGINS = ["https://app.example.com"]
