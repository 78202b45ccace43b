import os
from wsgiref.simple_server import make_server

from pyramid.config import Configurator
from pyramid.events import NewRequest
from pyramid.response import Response


def share(event):
    def headers(request, response):
        response.headers.update({
            "Access-Control-Allow-Origin": request.headers.get("Origin", "*"),
            "Access-Control-Allow-Methods": "POST,GET,DELETE,PUT,OPTIONS",
            "Access-Control-Allow-Headers": "Content-Type, Authorization",
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Max-Age": "600",
        })

    event.request.add_response_callback(headers)


def index(request):
    return Response("ok")


if __name__ == "__main__":
    with Configurator() as config:
        config.add_subscriber(share, NewRequest)
        config.add_route("index", "/")
        config.add_view(index, route_name="index")
        app = config.make_wsgi_app()
    make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
