import os

from robyn import ALLOW_CORS, Robyn

app = Robyn(__file__)
ALLOW_CORS(app, ["https://app.example.com", "https://www.example.com"])


@app.get("/")
async def index():
    return "ok"


if __name__ == "__main__":
    app.start(host="127.0.0.1", port=int(os.environ["PORT"]))
