import os

from flask import Flask, make_response

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
def index():
    answer = make_response("ok")
    answer.headers.update(
        {"Access-Control-Allow-Origin": "https://app.example.com", "Access-Control-Expose-Headers": "X-Total"}
    )
    answer.headers.extend([("Access-Control-Allow-Credentials", "true"), ("Vary", "Origin")])
    return answer


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
