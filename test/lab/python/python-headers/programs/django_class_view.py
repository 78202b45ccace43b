import os

from django.conf import settings
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.views import View
from django.urls import path

settings.configure(SECRET_KEY="lab", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])


class Index(View):
    def get(self, request):
        response = HttpResponse("ok")
        response["Access-Control-Allow-Origin"] = request.headers.get("Origin", "")
        response["Access-Control-Allow-Credentials"] = "true"
        return response

    def options(self, request):
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Origin"] = "https://app.example.com"
        response["Access-Control-Allow-Methods"] = "GET, PUT"
        response["Access-Control-Allow-Credentials"] = "true"
        return response


urlpatterns = [path("", Index.as_view())]

if __name__ == "__main__":
    run("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application())
