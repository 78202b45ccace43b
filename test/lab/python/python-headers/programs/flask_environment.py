import os

from flask import Flask, request

app = Flask(__name__)


ALLOWED = os.environ.get("ALLOWED_ORIGINS", "https://app.example.com,http://localhost:3000").split(",")


@app.after_request
def share(response):
    if request.headers.get("Origin") in ALLOWED:
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
    response.headers["Vary"] = "Origin"
    return response


@app.route("/", methods=["GET", "POST"])
def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
