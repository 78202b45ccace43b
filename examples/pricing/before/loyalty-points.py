"""Loyalty points: what a customer has collected."""
from sanic import Sanic, json
from sanic_cors import CORS

app = Sanic("loyalty-points")
CORS(app, origins=r"https://.*\.shop\.example", supports_credentials=True)


@app.get("/points/<customer>")
async def points(request, customer):
    return json({"customer": customer, "points": 5})
