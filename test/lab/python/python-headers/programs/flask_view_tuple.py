import os

from flask import Flask

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
def index():
    return "ok", 200, {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"}


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
