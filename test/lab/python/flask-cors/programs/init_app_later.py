from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
cors = CORS(origins=["https://app.example.com"], supports_credentials=True)


def create():
    cors.init_app(app)
    return app


create()


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
