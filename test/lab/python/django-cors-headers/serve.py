"""Serves Django with the settings of a program; what it is made of is loaded once."""
import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import corsheaders.middleware  # noqa: F401
import django.core.wsgi
import django.middleware.common  # noqa: F401

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "launchers"))
from fork_programs import fork_programs  # noqa: E402


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def serve(file, port):
    os.environ["DJANGO_SETTINGS_MODULE"] = os.path.splitext(os.path.basename(file))[0]
    application = django.core.wsgi.get_wsgi_application()
    server = Server(("127.0.0.1", port), WSGIRequestHandler)
    server.set_app(application)
    server.serve_forever()


fork_programs(serve)
