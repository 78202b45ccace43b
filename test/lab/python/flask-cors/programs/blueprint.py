from flask import Blueprint, Flask
from flask_cors import CORS

api = Blueprint("api", __name__)
CORS(api, origins=["https://app.example.com", "http://localhost:3000"])


@api.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"


app = Flask(__name__)
app.config["CORS_ORIGINS"] = "*"
app.register_blueprint(api)
