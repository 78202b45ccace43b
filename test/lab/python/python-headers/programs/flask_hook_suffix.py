import os

from flask import Flask, request

app = Flask(__name__)


@app.after_request
def share(response):
    origin = request.headers.get("Origin", "")
    if origin.endswith("example.com"):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers["Vary"] = "Origin"
    return response


@app.route("/", methods=["GET", "POST"])
def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
