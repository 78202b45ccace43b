import re
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins=[re.compile(r"^https://[a-z.]+\.example\.com$"), "https://app.example.com"])


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
