from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://app.example.com"],
    allow_methods=["GET", "patch"],
    allow_headers=["X-Test"],
)


@app.get("/")
def root():
    return {"ok": True}
