"""Serves the `handler` of programs as API Gateway does: each request is an event, and what the function returns is the response."""
import importlib
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "launchers"))
from fork_programs import fork_programs  # noqa: E402

for name in sys.argv[1:]:
    importlib.import_module(name)


def serve(file, port):
    module = importlib.import_module(os.path.splitext(os.path.basename(file))[0])

    class Gateway(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = self.path.split("?")[0]
            result = module.handler(
                {
                    "resource": path,
                    "path": path,
                    "httpMethod": self.command,
                    "headers": dict(self.headers.items()),
                    "multiValueHeaders": {name: [value] for name, value in self.headers.items()},
                    "queryStringParameters": None,
                    "requestContext": {"httpMethod": self.command, "path": path, "stage": "prod"},
                    "body": None,
                    "isBase64Encoded": False,
                },
                None,
            )
            body = (result.get("body") or "").encode()
            self.send_response(result["statusCode"])
            for name, values in (result.get("multiValueHeaders") or {}).items():
                for value in values:
                    self.send_header(name, value)
            for name, value in (result.get("headers") or {}).items():
                self.send_header(name, value)
            if result["statusCode"] != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD" and result["statusCode"] != 204:
                self.wfile.write(body)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = answer

    ThreadingHTTPServer(("127.0.0.1", port), Gateway).serve_forever()


fork_programs(serve)
