from flask import Flask
from flask_cors import CORS

app = Flask(__name__)

class Base:
    CORS_ORIGINS = ["https://app.example.com"]
    CORS_SUPPORTS_CREDENTIALS = False


class Production(Base):
    CORS_SUPPORTS_CREDENTIALS = True


app.config.from_object(Production)
CORS(app)


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
def index():
    return "items"
