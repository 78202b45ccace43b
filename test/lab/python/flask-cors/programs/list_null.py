from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins=["https://app.example.com", "null"], supports_credentials=True)


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
