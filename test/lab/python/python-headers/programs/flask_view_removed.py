import os

from flask import Flask, make_response, request

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
def index():
    answer = make_response("ok")
    answer.headers["Access-Control-Allow-Origin"] = "https://app.example.com"
    answer.headers["Access-Control-Allow-Credentials"] = "true"
    if request.method == "POST":
        answer.headers.pop("Access-Control-Allow-Credentials", None)
    return answer


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
