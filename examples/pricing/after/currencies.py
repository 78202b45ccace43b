"""Currencies, a Chalice application."""
from chalice import Chalice, CORSConfig

app = Chalice(app_name="currencies")
app.api.cors = CORSConfig(allow_origin="https://shop.example", allow_credentials=True)


@app.route("/currencies")
def currencies():
    return ["EUR", "CHF"]
