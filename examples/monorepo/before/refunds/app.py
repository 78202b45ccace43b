from flask import Flask, jsonify

app = Flask(__name__)


@app.after_request
def allow_shop(response):
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Credentials"] = "true"
    return response


@app.get("/refunds")
def refunds():
    return jsonify(refunds=[])
