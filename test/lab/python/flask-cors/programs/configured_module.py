from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
app.config.from_object("_shop_settings.Production")
CORS(app)


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
