from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, methods=["get", "POST", "OPTIONS"])


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
