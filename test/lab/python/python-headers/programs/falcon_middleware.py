import os
from wsgiref.simple_server import make_server

import falcon


class Share:
    def process_response(self, req, resp, resource, req_succeeded):
        resp.set_header("Access-Control-Allow-Origin", req.get_header("Origin") or "*")
        resp.set_header("Access-Control-Allow-Credentials", "true")
        resp.append_header("Vary", "Origin")


class Index:
    def on_get(self, req, resp):
        resp.text = "ok"

    on_head = on_post = on_put = on_get


app = falcon.App(middleware=[Share()])
app.add_route("/", Index())

if __name__ == "__main__":
    make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
