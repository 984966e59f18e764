"""Production: every secret and address from the environment, HTTPS only.

Passes ``check --deploy``.
"""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, SECRET_KEY, database, valkey

# A module of one's own that takes these settings may not turn the demo on: ``demo.apps`` refuses.
PRODUCTION = True

_NEEDED = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES")
for _name in (*_NEEDED, "EMAIL_URL", "EMAIL_FROM"):
    if not os.environ.get(_name):
        raise ImproperlyConfigured(f"Set {_name} in the environment.")

assert SECRET_KEY and ALLOWED_HOSTS
DATABASES = {"default": database(os.environ["DATABASE_URL"])}
globals().update(valkey(os.environ["REDIS_URL"]))
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}  # noqa: F405
