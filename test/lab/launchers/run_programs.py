"""Runs programs as they are started by hand, with the port in their environment; modules that are named as arguments are loaded once."""
import importlib
import os
import runpy
import sys

from fork_programs import fork_programs


def serve(file, port):
    os.environ["PORT"] = str(port)
    runpy.run_path(file, run_name="__main__")


for module in sys.argv[1:]:
    importlib.import_module(module)

fork_programs(serve)
