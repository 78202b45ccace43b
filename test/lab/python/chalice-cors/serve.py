"""Serves the `app` of Chalice programs through Chalice's own gateway, without bodies, which its server sends for HEAD, too."""
import importlib
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "launchers"))
from fork_programs import fork_programs  # noqa: E402

for name in sys.argv[1:]:
    importlib.import_module(name)


def serve(file, port):
    from chalice.config import Config
    from chalice.local import LocalGateway

    module = importlib.import_module(os.path.splitext(os.path.basename(file))[0])
    gateway = LocalGateway(module.app, Config())

    class Gateway(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                result = gateway.handle_request(self.command, self.path, dict(self.headers), None)
            except Exception as error:  # noqa: BLE001
                result = {"statusCode": 500, "headers": getattr(error, "headers", {}) or {}, "body": ""}
            self.send_response(result["statusCode"])
            for name, value in (result.get("headers") or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = answer

    ThreadingHTTPServer(("127.0.0.1", port), Gateway).serve_forever()


fork_programs(serve)
