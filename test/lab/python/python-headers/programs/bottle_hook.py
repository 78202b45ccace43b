import os

from bottle import Bottle, request, response

app = Bottle()


@app.hook("after_request")
def share():
    response.headers["Access-Control-Allow-Origin"] = request.get_header("Origin") or "null"
    response.set_header("Access-Control-Allow-Credentials", "true")
    response.add_header("Vary", "Origin")


@app.route("/", method=["GET", "POST", "OPTIONS"])
def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), quiet=True)
