import os

from flask import Flask, request

app = Flask(__name__)


@app.before_request
def preflight():
    return None


@app.after_request
def share(response):
    response.headers["Access-Control-Allow-Origin"] = "https://app.example.com"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = "3600"
    return response


@app.route("/", methods=["GET", "POST"])
def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
