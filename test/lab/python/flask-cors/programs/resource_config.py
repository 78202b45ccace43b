from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
app.config["CORS_RESOURCES"] = {r"/api/*": {"origins": ["https://app.example.com"]}}
CORS(app)


@app.route("/api/<name>", methods=["GET", "POST", "PUT", "DELETE"])
def items(name):
    return name


@app.route("/public/<name>", methods=["GET", "POST", "PUT", "DELETE"])
def public(name):
    return name
