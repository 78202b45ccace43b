import os

from flask import Flask, request

app = Flask(__name__)


ALLOWED = ["https://app.example.com", "http://localhost:3000"]


@app.after_request
def share(response):
    origin = request.headers.get("Origin")
    if origin in ALLOWED:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type, X-Test"
        response.headers["Access-Control-Allow-Methods"] = "GET, PUT, DELETE"
    response.vary.add("Origin")
    return response


@app.route("/", methods=["GET", "POST"])
def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
