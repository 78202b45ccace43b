from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://app.example.com"], max_age="86400", expose_headers="AB")


@app.get("/")
async def root():
    return {"ok": True}
