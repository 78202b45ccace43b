import os

from flask import Flask

app = Flask(__name__)


@app.after_request
def share(response):
    response.headers.set("Access-Control-Allow-Origin", "*")
    response.headers.set("Access-Control-Allow-Headers", "*")
    response.headers.setdefault("Access-Control-Max-Age", "600")
    return response


@app.route("/", methods=["GET", "POST"])
def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
