"""Prices of ribbons."""

from blacksheep import Application, get

app = Application()

# The pages that ask for prices, with their cookies.
app.use_cors(
    allow_methods="GET POST",
    allow_origins="https://shop.example",
    allow_headers="Content-Type",
    allow_credentials=True,
)


@get("/ribbons")
async def ribbons():
    return {"red": 3, "blue": 4}
