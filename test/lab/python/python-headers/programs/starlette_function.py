import os

import uvicorn
from fastapi import FastAPI, Request

app = FastAPI()


@app.middleware("http")
async def share(request: Request, call_next):
    response = await call_next(request)
    origin = request.headers.get("origin")
    if origin and origin.endswith(".example.com"):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Vary"] = "Origin"
    return response


@app.api_route("/", methods=["GET", "HEAD", "POST", "PUT"])
async def index():
    return []


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
