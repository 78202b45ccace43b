from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins=["https://app.example.com", "http://localhost:3000"], vary_header=False)


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
