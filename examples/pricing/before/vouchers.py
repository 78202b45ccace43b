"""Vouchers: what a code is worth, and which ones a customer has."""
from flask import Flask, jsonify
from flask_cors import CORS

app = Flask(__name__)
CORS(
    app,
    resources={
        r"/vouchers/*": {"origins": [r"https://.*\.shop\.example", "https://shop.example"]},
    },
    supports_credentials=True,
)


@app.route("/vouchers/<code>")
def voucher(code):
    return jsonify(code=code, worth=5)
