import os

from aiohttp import hdrs, web


@web.middleware
async def share(request, handler):
    if request.method == hdrs.METH_OPTIONS:
        response = web.Response(status=204)
    else:
        response = await handler(request)
    response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = request.headers.get(hdrs.ORIGIN, "*")
    response.headers[hdrs.ACCESS_CONTROL_ALLOW_CREDENTIALS] = "true"
    response.headers[hdrs.ACCESS_CONTROL_ALLOW_METHODS] = "GET, PUT"
    response.headers[hdrs.VARY] = hdrs.ORIGIN
    return response


async def index(request):
    return web.Response(text="ok")


app = web.Application(middlewares=[share])
app.router.add_route("*", "/", index)

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None)
