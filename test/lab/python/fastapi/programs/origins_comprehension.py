from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
HOSTS = ["app.example.com", "sub.app.example.com"]
app.add_middleware(CORSMiddleware, allow_origins=[f"https://{host}" for host in HOSTS], allow_headers=[name.strip() for name in "X-Test, X-Other".split(",")], allow_methods=["PUT"])


@app.get("/")
async def root():
    return {"ok": True}
