from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

api = FastAPI()


@api.get("/")
async def root():
    return {"status": "up"}


app = CORSMiddleware(app=api, allow_origins=["https://app.example.com"], allow_origin_regex="", allow_headers=["*"])
