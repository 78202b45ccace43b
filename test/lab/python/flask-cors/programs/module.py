import flask_cors
from flask import Flask

app = Flask(__name__)
flask_cors.CORS(app, origins=["https://app.example.com", "https://sub.app.example.com"])


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
