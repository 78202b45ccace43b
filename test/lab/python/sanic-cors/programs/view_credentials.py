import os

from sanic import Sanic
from sanic.response import text
from sanic_cors import cross_origin

app = Sanic("shop")


@app.route("/", methods=["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@cross_origin(app, origins=["https://app.example.com"], supports_credentials=True)
async def index(request):
    return text("ok")


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), single_process=True, motd=False)
