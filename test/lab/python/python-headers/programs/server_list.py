import os
from http.server import BaseHTTPRequestHandler, HTTPServer


ALLOWED = ("https://app.example.com", "http://localhost:3000")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        origin = self.headers["Origin"]
        self.send_response(200)
        if origin in ALLOWED:
            self.send_header("Access-Control-Allow-Origin", origin)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(b"ok")

    do_HEAD = do_GET


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
