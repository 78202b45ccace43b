import os

from flask import Flask, request

app = Flask(__name__)


@app.after_request
def share(response):
    response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin")
    response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers.add("Vary", "Origin")
    return response


@app.route("/", methods=["GET", "POST"])
def index():
    return "ok"


@app.route("/fail")
def fail():
    raise RuntimeError("failed")


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
