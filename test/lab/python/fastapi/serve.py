"""Serves the `app` of programs that use FastAPI or Starlette, which are loaded once."""
import os
import sys

import anyio._backends._asyncio  # noqa: F401
import fastapi.middleware.cors  # noqa: F401
import starlette.middleware.cors  # noqa: F401
import uvicorn
import uvicorn.lifespan.on  # noqa: F401
import uvicorn.loops.auto  # noqa: F401
import uvicorn.protocols.http.auto  # noqa: F401
import uvicorn.protocols.websockets.auto  # noqa: F401

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "launchers"))
from fork_programs import fork_programs  # noqa: E402


def serve(file, port):
    module = os.path.splitext(os.path.basename(file))[0]
    uvicorn.run(module + ":app", host="127.0.0.1", port=port, log_level="error")


fork_programs(serve)
