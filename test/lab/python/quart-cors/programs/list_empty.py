import os

from quart import Quart
from quart_cors import cors

app = Quart(__name__)
app = cors(app, allow_origin=[])

@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
async def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
