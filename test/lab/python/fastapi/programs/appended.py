from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

origins = ["https://app.example.com"]
origins += ["http://localhost:3000"]

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=origins, allow_methods=["PUT"], allow_headers=["X-Test"])


@app.get("/")
async def root():
    return {}
