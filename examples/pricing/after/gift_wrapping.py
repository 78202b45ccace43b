"""Gift wrapping: what paper and ribbon cost."""
from flask import Flask
from wsgicors import CORS

app = Flask(__name__)
app.wsgi_app = CORS(app.wsgi_app, origin="https://shop.example https://*.shop.example", credentials="true")


@app.get("/gift-wrapping")
def papers():
    return {"plain": 2, "stars": 3}
