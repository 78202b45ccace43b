import os

from django.conf import settings
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.urls import path

settings.configure(SECRET_KEY="lab", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])


def index(request):
    response = HttpResponse("ok", status=200)
    origin = request.headers.get("Origin")
    if origin and origin.startswith("https://app.example.com"):
        response.headers["Access-Control-Allow-Origin"] = origin
    patch_vary_headers(response, ["Origin", "Accept"])
    return response


urlpatterns = [path("", index)]

if __name__ == "__main__":
    run("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application())
