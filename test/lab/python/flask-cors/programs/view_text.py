from flask import Flask
from flask_cors import cross_origin

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
@cross_origin("https://app.example.com", origins="https://app.example.com")
def index():
    return "items"
