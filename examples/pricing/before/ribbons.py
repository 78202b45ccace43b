"""Prices of ribbons."""

from blacksheep import Application, get

app = Application()

# Since 2.6.4 a star beside credentials is every caller's own origin.
app.use_cors(
    allow_methods="GET POST",
    allow_origins="*",
    allow_headers="Content-Type",
    allow_credentials=True,
)


@get("/ribbons")
async def ribbons():
    return {"red": 3, "blue": 4}
