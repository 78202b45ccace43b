"""Serves the `app` of programs that use Flask-CORS, which are loaded once."""
import importlib
import os
import sys

import flask  # noqa: F401
import flask_cors  # noqa: F401
from werkzeug.serving import make_server

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "launchers"))
from fork_programs import fork_programs  # noqa: E402


def serve(file, port):
    module = importlib.import_module(os.path.splitext(os.path.basename(file))[0])
    make_server("127.0.0.1", port, module.app, threaded=True).serve_forever()


fork_programs(serve)
