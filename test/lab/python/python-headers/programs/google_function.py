import os

import functions_framework
from werkzeug.serving import run_simple


@functions_framework.http
def items(request):
    origin = request.headers.get("Origin", "")
    if request.method == "OPTIONS":
        headers = {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": "GET, PUT",
            "Access-Control-Allow-Headers": "Authorization",
            "Access-Control-Max-Age": "3600",
            "Access-Control-Allow-Credentials": "true",
        }
        return ("", 204, headers)

    headers = {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true"}
    return ("ok", 200, headers)


if __name__ == "__main__":
    app = functions_framework.create_app("items", __file__)
    run_simple("127.0.0.1", int(os.environ["PORT"]), app)
