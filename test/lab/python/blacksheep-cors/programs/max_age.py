import os

import uvicorn
from blacksheep import Application

app = Application()
app.use_cors(allow_origins="https://app.example.com", allow_methods="*", max_age=600)


@app.router.head("/")
@app.router.get("/")
@app.router.post("/")
@app.router.put("/")
@app.router.patch("/")
@app.router.delete("/")
async def index():
    return "ok"


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
