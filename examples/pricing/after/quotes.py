"""Quotes: what a large order would cost."""
from litestar import Litestar, get
from litestar.config.cors import CORSConfig


@get("/quotes/{quote:int}")
async def read_quote(quote: int) -> dict[str, int]:
    return {"quote": quote, "price": 500}


cors_config = CORSConfig(allow_origins=["https://shop.example", "https://*.shop.example"], allow_credentials=True)
app = Litestar(route_handlers=[read_quote], cors_config=cors_config)
