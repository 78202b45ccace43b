import os

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=os.getenv("LAB_CORS_ORIGINS", "https://app.example.com").split(","))


@app.get("/")
async def root():
    return {}
