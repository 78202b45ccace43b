from flask import Flask
from flask_cors import CORS

from _shop_settings import Production

app = Flask(__name__)
app.config.from_object(Production)
CORS(app)


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
