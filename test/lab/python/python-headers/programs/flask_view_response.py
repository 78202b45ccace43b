import os

from flask import Flask, Response, request

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
def index():
    # An exception for /?fail.
    if "fail" in request.args:
        raise RuntimeError("failed")
    return Response(
        "ok",
        headers={
            "Access-Control-Allow-Origin": "https://app.example.com, http://localhost:3000",
            "Vary": "Origin",
        },
    )


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
