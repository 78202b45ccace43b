"""Serves the `app` of programs that use python-socketio, which are loaded once."""
import importlib
import os
import sys

import flask_socketio  # noqa: F401
import socketio  # noqa: F401
from werkzeug.serving import make_server

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "launchers"))
from fork_programs import fork_programs  # noqa: E402


def without_body(application):
    """The answer to HEAD has none, also where the application writes one."""

    def answer(environ, start_response):
        body = application(environ, start_response)
        return [b""] if environ["REQUEST_METHOD"] == "HEAD" else body

    return answer


def serve(file, port):
    module = importlib.import_module(os.path.splitext(os.path.basename(file))[0])
    make_server("127.0.0.1", port, without_body(module.app), threaded=True).serve_forever()


fork_programs(serve)
