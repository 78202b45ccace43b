"""Balances of gift cards."""

from robyn import ALLOW_CORS, Robyn

app = Robyn(__file__)

# The shop asks with the cookie of whoever is logged in; the till asks through it.
ALLOW_CORS(app, origins=["https://shop.example"])


@app.get("/gift-cards/:number")
async def balance(request):
    return {"number": request.path_params["number"], "balance": 25}


if __name__ == "__main__":
    app.start(port=8090)
