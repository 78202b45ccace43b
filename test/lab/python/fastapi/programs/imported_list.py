from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from _cors_settings import ALLOWED_ORIGINS

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=ALLOWED_ORIGINS, allow_methods=["*"], allow_headers=["*"])


@app.get("/")
def root():
    return {}
