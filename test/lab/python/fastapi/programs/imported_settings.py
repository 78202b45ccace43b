from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from _cors_settings import settings


def create_app() -> FastAPI:
    application = FastAPI()
    application.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_credentials=settings.allow_credentials,
        allow_methods=settings.methods,
    )
    application.add_api_route("/", lambda: {"ok": True})
    return application


app = create_app()
