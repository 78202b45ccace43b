from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def root(request):
    return PlainTextResponse("ok")


app = CORSMiddleware(Starlette(routes=[Route("/", root)]), ["https://app.example.com"], ("GET", "PUT"), ["X-Test"], True)
