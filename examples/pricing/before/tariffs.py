"""Tariffs: what a parcel costs, by weight and country."""
import aiohttp_cors
from aiohttp import web


async def tariff(request):
    return web.json_response({"country": request.match_info["country"], "price": 5})


app = web.Application()
cors = aiohttp_cors.setup(
    app,
    defaults={"*": aiohttp_cors.ResourceOptions(allow_credentials=True, allow_headers="*")},
)
cors.add(app.router.add_get("/tariffs/{country}", tariff))
