import os

from quart import Quart
from quart_cors import route_cors

app = Quart(__name__)


@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
@route_cors()
async def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
