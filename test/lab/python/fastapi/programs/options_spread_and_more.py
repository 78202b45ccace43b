from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
cors_options = {"allow_origins": ["https://app.example.com"], "allow_methods": ["PUT", "PATCH"]}
app.add_middleware(CORSMiddleware, allow_headers=["X-Test"], **cors_options)


@app.get("/")
async def root():
    return {"ok": True}
