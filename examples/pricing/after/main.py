from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI(title="Prices")

app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://shop.example", "https://admin.shop.example"],
    allow_credentials=True,
    allow_methods=["GET", "POST"],
)


@app.get("/prices/{article}")
def price(article: str) -> dict[str, float]:
    return {article: 9.5}
