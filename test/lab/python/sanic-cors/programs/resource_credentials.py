import os

from sanic import Sanic
from sanic.response import text
from sanic_cors import CORS

app = Sanic("shop")
CORS(app, resources={r"/*": {"origins": ["https://app.example.com", "https://admin.example.com"], "supports_credentials": True}})


@app.route("/", methods=["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
async def index(request):
    return text("ok")


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), single_process=True, motd=False)
