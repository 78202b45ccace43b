download_origins = ["https://shop.example"]
