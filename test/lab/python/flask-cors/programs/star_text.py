from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins="*", max_age=600)


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
