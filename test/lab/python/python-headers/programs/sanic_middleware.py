import os

from sanic import Sanic
from sanic.response import text

app = Sanic("shop")


@app.middleware("response")
async def share(request, response):
    response.headers["Access-Control-Allow-Origin"] = request.headers.get("origin", "*")
    response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers["Vary"] = "Origin"


@app.route("/", methods=["GET", "HEAD", "POST", "PUT", "OPTIONS"])
async def index(request):
    return text("ok")


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), single_process=True, motd=False)
