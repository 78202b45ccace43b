import os

from quart import Quart
from quart_cors import cors

ORIGINS = ("https://app.example.com", "https://admin.example.com")

app = Quart(__name__)
app = cors(app, allow_origin=ORIGINS, allow_credentials=True)

@app.route("/", methods=["GET", "POST", "PUT", "DELETE"])
async def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
