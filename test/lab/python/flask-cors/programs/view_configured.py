from flask import Flask
from flask_cors import cross_origin

app = Flask(__name__)
app.config["CORS_ORIGINS"] = ["https://app.example.com", "http://localhost:3000"]


@app.route("/", methods=["GET", "POST"])
@cross_origin()
def index():
    return "items"
