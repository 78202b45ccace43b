import os

from flask import Flask, make_response, request

app = Flask(__name__)


@app.route("/", methods=["GET", "POST", "PUT", "OPTIONS"])
def index():
    answer = make_response("ok")
    answer.access_control_allow_origin = request.origin or "*"
    answer.access_control_allow_credentials = True
    answer.access_control_allow_methods = ["GET", "PUT"]
    answer.access_control_allow_headers = ["Content-Type", "X-Shop"]
    answer.access_control_max_age = 600
    return answer


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
