import os
from wsgiref.simple_server import make_server


def application(environ, start_response):
    start_response(
        "200 OK",
        [
            ("Content-Type", "text/plain"),
            ("Access-Control-Allow-Origin", environ.get("HTTP_ORIGIN", "")),
            ("Access-Control-Allow-Credentials", "true"),
            ("Vary", "Origin"),
        ],
    )
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [b"ok"]


if __name__ == "__main__":
    make_server("127.0.0.1", int(os.environ["PORT"]), application).serve_forever()
