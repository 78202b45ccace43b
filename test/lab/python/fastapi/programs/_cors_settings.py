"""Settings of the programs that import them."""

ALLOWED_ORIGINS = [
    "https://app.example.com",
    "http://localhost:3000",
]


class Settings:
    cors_origins = ["https://sub.app.example.com"]
    allow_credentials = True

    @property
    def methods(self):
        return ["GET", "PUT"]


settings = Settings()
