from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins="https://*.example.com")


@app.get("/")
async def root():
    return {"ok": True}
