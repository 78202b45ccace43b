"""Bundles: several things that cost less together."""
from quart import Quart
from quart_cors import cors

app = Quart(__name__)
app = cors(app, allow_origin=["https://shop.example"], allow_credentials=True)


@app.route("/bundles/<code>")
async def bundle(code):
    return {"code": code, "worth": 5}
