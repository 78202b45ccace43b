import os

import aiohttp_cors
from aiohttp import web


async def index(request):
    return web.Response(text="ok")


app = web.Application()
cors = aiohttp_cors.setup(app)
for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
    cors.add(app.router.add_route(method, "/", index), {"*": aiohttp_cors.ResourceOptions(allow_credentials=True, allow_headers="*")})

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None)
