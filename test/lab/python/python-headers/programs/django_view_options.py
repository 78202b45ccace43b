import os

from django.conf import settings
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(SECRET_KEY="lab", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])


def index(request):
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = "GET, PUT"
        response["Access-Control-Allow-Headers"] = "X-Test"
        response["Access-Control-Max-Age"] = 86400
    else:
        response = HttpResponse("ok")
    response["Access-Control-Allow-Origin"] = "https://app.example.com"
    return response


urlpatterns = [path("", index)]

if __name__ == "__main__":
    run("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application())
