from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, allow_headers="Content-Type", expose_headers="X-Total")


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
