from flask import Flask
from flask_cors import cross_origin

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
@cross_origin()
def index():
    return "items"
