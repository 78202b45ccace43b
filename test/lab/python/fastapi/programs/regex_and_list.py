from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["http://localhost:3000"], allow_origin_regex=r"https://(app|admin)\.example\.com(:\d+)?", expose_headers=["*"])


@app.get("/")
async def root():
    return {"ok": True}
