from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
cors = CORS()
cors.init_app(app, origins=["https://app.example.com"], supports_credentials=True)


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
