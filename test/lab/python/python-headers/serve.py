"""Runs programs as they are started by hand, with the port in their environment; what they import is loaded once."""
import os
import runpy
import sys

import aiohttp.web  # noqa: F401
import bottle  # noqa: F401
import cherrypy  # noqa: F401
import django.core.wsgi  # noqa: F401
import django.http  # noqa: F401
import django.urls  # noqa: F401
import falcon  # noqa: F401
import fastapi  # noqa: F401
import flask  # noqa: F401
import pyramid.config  # noqa: F401
import quart  # noqa: F401
import sanic  # noqa: F401
import tornado.ioloop  # noqa: F401
import tornado.web  # noqa: F401
import uvicorn  # noqa: F401

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "launchers"))
from fork_programs import fork_programs  # noqa: E402


def serve(file, port):
    os.environ["PORT"] = str(port)
    runpy.run_path(file, run_name="__main__")


fork_programs(serve)
