import os
from wsgiref.simple_server import make_server

import falcon


class Index:
    def on_get(self, req, resp):
        resp.text = "ok"

    on_head = on_post = on_put = on_delete = on_get


app = falcon.App(middleware=falcon.CORSMiddleware(allow_origins="*", allow_credentials="*"))
app.add_route("/", Index())

if __name__ == "__main__":
    make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
