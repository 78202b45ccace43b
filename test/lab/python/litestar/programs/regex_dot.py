import os

import uvicorn
from litestar import Litestar, route
from litestar.config.cors import CORSConfig


@route("/", http_method=["GET", "HEAD", "POST", "PUT", "DELETE"], status_code=200)
async def index() -> str:
    return "ok"


cors_config = CORSConfig(allow_origins=["https://app.example.com"], allow_origin_regex="https://app.example.com", allow_credentials=True)
app = Litestar(route_handlers=[index], cors_config=cors_config)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
