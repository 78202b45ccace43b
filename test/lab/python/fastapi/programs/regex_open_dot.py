from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origin_regex=r"https://.*\.?app.example.com", allow_methods=["*"], allow_headers=["*"])


@app.get("/")
async def root():
    return {"ok": True}
