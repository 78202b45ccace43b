import os

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

DEBUG = os.getenv("LAB_DEBUG") == "1"
app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=["http://localhost:3000"] if DEBUG else ["https://app.example.com"],
    allow_methods=["PUT"],
)


@app.get("/")
async def root():
    return {}
