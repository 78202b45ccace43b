import os

from aiohttp import web

SHOPS = ["https://app.example.com"]


async def share(request, response):
    origin = request.headers.get("Origin")
    if origin in SHOPS:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers["Vary"] = "Origin"


async def index(request):
    return web.Response(text="ok")


app = web.Application()
app.on_response_prepare.append(share)
app.router.add_route("*", "/", index)

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None)
