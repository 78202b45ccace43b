import os

from sanic import Sanic
from sanic.response import text

app = Sanic("shop")
app.config.CORS_ORIGINS = []


@app.route("/", methods=["GET", "HEAD", "POST", "PUT", "DELETE"])
async def index(request):
    return text("ok")


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), single_process=True, motd=False)
