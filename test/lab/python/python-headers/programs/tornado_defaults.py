import asyncio
import os

import tornado.web


class Index(tornado.web.RequestHandler):
    def set_default_headers(self):
        self.set_header("Access-Control-Allow-Origin", self.request.headers.get("Origin", ""))
        self.set_header("Access-Control-Allow-Credentials", "true")
        self.set_header("Vary", "Origin")

    def get(self):
        # An exception for /?fail.
        if self.get_argument("fail", None) is not None:
            raise RuntimeError("failed")
        self.write("ok")

    def head(self):
        self.finish()

    def post(self):
        self.write("ok")

    def options(self):
        self.set_status(204)
        self.set_header("Access-Control-Allow-Methods", "GET, PUT")


async def main():
    application = tornado.web.Application([("/", Index)])
    application.listen(int(os.environ["PORT"]), address="127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
