import asyncio
import os

import tornado.web


class Index(tornado.web.RequestHandler):
    def get(self):
        if self.request.headers.get("Origin") == "https://app.example.com":
            self.set_header("Access-Control-Allow-Origin", self.request.headers.get("Origin"))
        self.add_header("Vary", "Accept")
        self.write("ok")

    head = get


async def main():
    application = tornado.web.Application([("/", Index)])
    application.listen(int(os.environ["PORT"]), address="127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
