from flask import Flask
from flask_cors import cross_origin

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
@cross_origin(origins=["https://app.example.com", "http://localhost:3000"], methods=["GET", "PUT"])
def index():
    return "items"
