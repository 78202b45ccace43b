import os

from flask import Flask, make_response

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
def index():
    answer = make_response("ok")
    answer.headers["Access-Control-Allow-Origin"] = "https://app.example.com"
    answer.headers.add("Access-Control-Allow-Origin", "https://admin.example.com")
    return answer


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
