from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
app.config["CORS_ORIGINS"] = "*"
CORS(app, origins="https://app.example.com")


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
