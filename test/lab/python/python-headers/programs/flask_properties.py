import os

from flask import Flask, jsonify, request

app = Flask(__name__)
SHOPS = {"https://app.example.com", "https://admin.example.com"}


@app.after_request
def share(response):
    if request.origin in SHOPS:
        response.access_control_allow_origin = request.origin
        response.access_control_allow_credentials = True
    response.vary.add("Origin")
    return response


@app.route("/", methods=["GET", "POST", "PUT"])
def index():
    return jsonify([])


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
