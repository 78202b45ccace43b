"""Settings of the programs that name them."""


class Base:
    CORS_MAX_AGE = 300


class Production(Base):
    CORS_ORIGINS = ["https://app.example.com", "http://localhost:3000"]
