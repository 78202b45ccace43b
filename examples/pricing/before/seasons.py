"""Seasons: when prices change."""
from sanic import Sanic, json

app = Sanic("seasons")
app.config.CORS_ORIGINS = "https://shop.example/,https://admin.shop.example"


@app.get("/seasons")
async def seasons(request):
    return json(["spring", "autumn"])
