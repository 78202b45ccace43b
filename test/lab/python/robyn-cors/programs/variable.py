import os

from robyn import ALLOW_CORS, Robyn

ORIGINS = ["https://app.example.com", "https://www.example.com"]

app = Robyn(__file__)
ALLOW_CORS(app, origins=[origin for origin in ORIGINS])


@app.get("/")
async def index():
    return "ok"


if __name__ == "__main__":
    app.start(host="127.0.0.1", port=int(os.environ["PORT"]))
