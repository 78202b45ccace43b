from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
app.config["CORS_ORIGINS"] = ["https://app.example.com", "http://localhost:3000"]
app.config["CORS_SUPPORTS_CREDENTIALS"] = True
CORS(app)


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
