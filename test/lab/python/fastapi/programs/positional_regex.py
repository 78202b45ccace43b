from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware as Cors
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def root(request):
    return PlainTextResponse("ok")


inner = Starlette(routes=[Route("/", root)])
app = Cors(inner, [], ["*"], ["*"], False, r"https?://[a-z]+\.example\.com")
