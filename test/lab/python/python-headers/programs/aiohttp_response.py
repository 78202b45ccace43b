import os

from aiohttp import web


async def index(request):
    return web.Response(
        text="ok",
        headers={
            "Access-Control-Allow-Origin": request.headers.get("Origin", ""),
            "Access-Control-Allow-Credentials": "true",
            "Vary": "Origin",
        },
    )


app = web.Application()
app.add_routes([web.route("*", "/", index)])

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None)
