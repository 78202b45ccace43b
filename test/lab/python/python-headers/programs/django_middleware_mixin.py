import os

from django.conf import settings
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.utils.deprecation import MiddlewareMixin
from django.urls import path

settings.configure(SECRET_KEY="lab", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=["__main__.Share"])


TRUSTED = {"https://app.example.com", "null"}


class Share(MiddlewareMixin):
    def process_response(self, request, response):
        if request.META.get("HTTP_ORIGIN") in TRUSTED:
            response["Access-Control-Allow-Origin"] = request.META["HTTP_ORIGIN"]
            response["Access-Control-Allow-Credentials"] = "true"
        response["Vary"] = "Origin"
        return response


def index(request):
    return HttpResponse("ok")


urlpatterns = [path("", index)]

if __name__ == "__main__":
    run("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application())
