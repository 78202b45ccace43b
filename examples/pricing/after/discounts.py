from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

TENANTS = r"https://([a-z0-9-]+\.)?shop\.example"

app = FastAPI(
    middleware=[
        Middleware(CORSMiddleware, allow_origin_regex=TENANTS, allow_credentials=True),
    ],
)
