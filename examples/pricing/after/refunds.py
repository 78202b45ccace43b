"""Refunds: what a customer gets back."""
import falcon


class Refund:
    def on_get(self, req, resp, order):
        resp.media = {"order": order, "refund": 0}


app = falcon.App(middleware=falcon.CORSMiddleware(allow_origins="https://shop.example", allow_credentials="*"))
app.add_route("/refunds/{order}", Refund())
