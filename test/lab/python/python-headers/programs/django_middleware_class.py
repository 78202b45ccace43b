import os

from django.conf import settings
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(SECRET_KEY="lab", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=["__main__.Share"])


class Share:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Access-Control-Allow-Origin"] = request.headers.get("Origin", "")
        response["Access-Control-Allow-Credentials"] = "true"
        response["Vary"] = "Origin"
        return response


def index(request):
    return HttpResponse("ok")


def fail(request):
    raise RuntimeError("/fail")


urlpatterns = [path("", index), path("fail", fail)]

if __name__ == "__main__":
    run("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application())
