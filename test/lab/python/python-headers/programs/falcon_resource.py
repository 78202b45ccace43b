import os
from wsgiref.simple_server import make_server

import falcon


class Index:
    def on_get(self, req, resp):
        resp.set_header("Access-Control-Allow-Origin", req.get_header("Origin", default=""))
        resp.set_header("Access-Control-Allow-Credentials", "true")
        resp.append_header("Vary", "Origin")
        resp.text = "ok"

    on_head = on_get


app = falcon.App()
app.add_route("/", Index())

if __name__ == "__main__":
    make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
