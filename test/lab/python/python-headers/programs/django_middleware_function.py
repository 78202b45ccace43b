import os

from django.conf import settings
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(SECRET_KEY="lab", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=["__main__.share"])


def share(get_response):
    def middleware(request):
        response = get_response(request)
        origin = request.META.get("HTTP_ORIGIN", "")
        if "example.com" in origin:
            response["Access-Control-Allow-Origin"] = origin
        response["Vary"] = "Origin"
        return response

    return middleware


def index(request):
    return HttpResponse("ok")


urlpatterns = [path("", index)]

if __name__ == "__main__":
    run("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application())
