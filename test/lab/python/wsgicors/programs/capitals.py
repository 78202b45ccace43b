import os

from flask import Flask
from wsgicors import CORS

app = Flask(__name__)
app.wsgi_app = CORS(app.wsgi_app, origin="https://APP.example.com")


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
