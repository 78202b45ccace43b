from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
options = {"origins": ["https://app.example.com", "http://localhost:3000"], "supports_credentials": True}
CORS(app, **options)


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
