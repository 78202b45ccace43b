import os

from flask import Flask, jsonify, make_response, request

app = Flask(__name__)


ALLOW_ORIGIN = "Access-Control-Allow-Origin"


@app.get("/")
def index():
    answer = make_response(jsonify([]))
    answer.headers[ALLOW_ORIGIN] = request.headers.get("Origin")
    answer.headers["Access-Control-Allow-Credentials"] = "true"
    return answer


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
