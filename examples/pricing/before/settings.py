"""Settings of the price list that customers with a contract see."""
INSTALLED_APPS = ["django.contrib.auth", "corsheaders", "contracts"]
MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",
    "corsheaders.middleware.CorsMiddleware",
]

CORS_ALLOWED_ORIGIN_REGEXES = [r"^https://\w+\.shop\.example"]
CORS_ALLOW_CREDENTIALS = True
