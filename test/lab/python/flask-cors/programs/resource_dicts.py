from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(
    app,
    resources={
        r"/api/*": {"origins": ["https://app.example.com", "http://localhost:3000"]},
        r"/public/*": {"origins": "*"},
    },
    supports_credentials=True,
)


@app.route("/api/<name>", methods=["GET", "POST", "PUT", "DELETE"])
def items(name):
    return name


@app.route("/public/<name>", methods=["GET", "POST", "PUT", "DELETE"])
def public(name):
    return name
