import os

from django.conf import settings
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path

settings.configure(SECRET_KEY="lab", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])


def index(request):
    return JsonResponse({}, headers={"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"})


urlpatterns = [path("", index)]

if __name__ == "__main__":
    run("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application())
