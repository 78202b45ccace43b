import os
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins=os.environ.get("SHOP_ORIGINS_OF_NOBODY", "https://app.example.com,http://localhost:3000").split(","))


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
