from _shop_base import *  # noqa: F403

CORS_ALLOWED_ORIGINS = TRUSTED  # noqa: F405
