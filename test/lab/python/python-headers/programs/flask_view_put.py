import os

from flask import Flask, jsonify

app = Flask(__name__)


@app.put("/items")
def items():
    answer = jsonify([])
    answer.headers["Access-Control-Allow-Origin"] = "https://app.example.com"
    return answer


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
