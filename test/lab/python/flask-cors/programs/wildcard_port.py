from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins=["http://localhost:*", "https://app.example.com"])


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
