import os

from chalice import Chalice, Response
from chalice.config import Config
from chalice.local import LocalDevServer

app = Chalice(app_name="shop")
SHOPS = ["https://app.example.com", "https://admin.example.com"]


@app.route("/", methods=["GET", "HEAD", "POST", "PUT"])
def index():
    origin = app.current_request.headers.get("origin", "")
    headers = {"Vary": "Origin"}
    if origin in SHOPS:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Allow-Credentials"] = "true"
    return Response(body="ok", headers=headers)


if __name__ == "__main__":
    LocalDevServer(app, Config(), "127.0.0.1", int(os.environ["PORT"])).serve_forever()
