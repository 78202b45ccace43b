from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins="https://app.example.com", max_age="86400")


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
