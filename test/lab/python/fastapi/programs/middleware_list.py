from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware import cors
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def root(request):
    return PlainTextResponse("ok", headers={"Vary": "Accept"})


app = Starlette(
    routes=[Route("/", root)],
    middleware=[
        Middleware(
            cors.CORSMiddleware,
            allow_origins=["https://app.example.com"],  # the web client
            allow_methods=["DELETE", "GET"],
            expose_headers=("X-Request-Id",),
        ),
    ],
)
