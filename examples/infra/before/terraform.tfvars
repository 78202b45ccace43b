download_origins = ["*"]
