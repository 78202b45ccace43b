import fastapi.middleware.cors
from fastapi import FastAPI
from fastapi.middleware import Middleware

app = FastAPI(middleware=[Middleware(fastapi.middleware.cors.CORSMiddleware, ["*"], allow_credentials=True)])


@app.get("/")
def root():
    return "ok"
