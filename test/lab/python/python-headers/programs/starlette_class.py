import os

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

SHOPS = ["https://example.com", "https://app.example.com"]


class Share(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        response = await call_next(request)
        origin = request.headers.get("origin")
        if origin is not None and origin in SHOPS:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers.add_vary_header("Origin")
        return response


async def index(request):
    return PlainTextResponse("ok")


app = Starlette(
    routes=[Route("/", index, methods=["GET", "POST", "PUT"])],
    middleware=[Middleware(Share)],
)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
