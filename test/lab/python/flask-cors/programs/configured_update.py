from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
app.config.update(CORS_ORIGINS="https://app.example.com", CORS_MAX_AGE=600)
CORS(app, supports_credentials=True)


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
