import os

from flask import Flask, make_response, request

app = Flask(__name__)


@app.route("/", methods=["PUT", "OPTIONS"])
def index():
    if request.method == "OPTIONS":
        answer = make_response("", 204)
        answer.headers["Access-Control-Allow-Origin"] = "https://app.example.com"
        answer.headers["Access-Control-Allow-Methods"] = "PUT"
        answer.headers["Access-Control-Allow-Headers"] = "Content-Type, X-Test"
        return answer
    answer = make_response("ok")
    answer.headers["Access-Control-Allow-Origin"] = "https://app.example.com"
    return answer


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
