import os
from wsgiref.simple_server import make_server

from pyramid.config import Configurator
from pyramid.response import Response

SHOPS = frozenset(["https://app.example.com"])


def share_factory(handler, registry):
    def share(request):
        response = handler(request)
        origin = request.headers.get("Origin")
        if origin in SHOPS:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Credentials"] = "true"
        response.vary = "Origin"
        return response

    return share


def index(request):
    return Response("ok")


if __name__ == "__main__":
    with Configurator() as config:
        config.add_tween("__main__.share_factory")
        config.add_route("index", "/")
        config.add_view(index, route_name="index")
        app = config.make_wsgi_app()
    make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
