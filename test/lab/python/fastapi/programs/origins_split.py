from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
ORIGINS = "https://app.example.com,http://localhost:3000"
METHODS = ["GET"] + ["PUT"]
app.add_middleware(CORSMiddleware, allow_origins=ORIGINS.split(","), allow_methods=METHODS)


@app.get("/")
async def root():
    return {"ok": True}
