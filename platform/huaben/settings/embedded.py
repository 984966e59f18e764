"""The demo on one machine: embedded servers, plain HTTP on localhost, demo accounts."""

import os
import secrets

from huaben.runtime.servers import Addresses, read_addresses

from .base import *  # noqa: F403
from .base import VAR, database, valkey

DEBUG = False
DEMO = True
VAR.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """The secret key of this folder, created once, so that sessions survive a restart."""
    path = VAR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = os.environ.get("SECRET_KEY") or _secret_key()
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *[h for h in os.environ.get("ALLOWED_HOSTS", "").split(",") if h],
]
addresses = read_addresses(VAR) or Addresses(
    "postgres://postgres@localhost/huaben", "redis://127.0.0.1:6379/0"
)
DATABASES = {"default": database(os.environ.get("DATABASE_URL") or addresses.database_url)}
globals().update(valkey(os.environ.get("REDIS_URL") or addresses.redis_url))
# Mails are shown on a page of the demo; EMAIL_URL sends them instead.
if not os.environ.get("EMAIL_URL"):
    EMAIL_BACKEND = "huaben.demo.mail.StoredMails"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # browsers treat http://localhost as a secure context
WHITENOISE_USE_FINDERS = True
LOG_FORMAT = os.environ.get("LOG_FORMAT", "plain")
LOGGING["formatters"]["structured"]["style"] = LOG_FORMAT  # type: ignore[index]  # noqa: F405
# The account whose generated season is in the demo from the start. Everybody else's work waits for
# a moderator.
REVIEW_TRUSTED_CREATORS = ["huaben-house"]
