from flask import Flask, jsonify, request

TRUSTED = ["https://shop.example", "https://admin.shop.example"]

app = Flask(__name__)


@app.after_request
def allow_shop(response):
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin in TRUSTED:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
    return response


@app.get("/refunds")
def refunds():
    return jsonify(refunds=[])
