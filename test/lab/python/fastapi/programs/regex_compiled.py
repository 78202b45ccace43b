import re

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origin_regex=re.compile(r"HTTPS://(.+\.)?example\.com", re.IGNORECASE))


@app.get("/")
async def root():
    return {"ok": True}
