from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
CORS = dict(allow_origins=["https://app.example.com"], allow_credentials=True, allow_methods=["*"])
app.add_middleware(CORSMiddleware, **CORS)


@app.get("/")
async def root():
    return {"ok": True}
