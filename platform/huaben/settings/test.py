"""Tests: real PostgreSQL and Valkey, started by ``tests.servers``."""

import os
from pathlib import Path

from .base import *  # noqa: F403
from .base import database, valkey

SECRET_KEY = "only for tests"  # noqa: S105
INSTALLED_APPS = ["tests.quick_flush", *INSTALLED_APPS]  # noqa: F405
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DEMO = False
DATABASES = {
    "default": database(os.environ.get("DATABASE_URL", "postgres://postgres@localhost/huaben"))
}
DATABASES["default"]["TEST"] = {
    "NAME": f"test_huaben_{os.environ.get('HUABEN_TEST_RUN', 'alone')}",
    "TEMPLATE": os.environ.get("HUABEN_TEST_TEMPLATE"),
}
globals().update(valkey(os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
_files = Path(os.environ.get("HUABEN_TEST_FILES", "var/test/files")).resolve()
MEDIA_ROOT = _files / "media"
UPLOAD_ROOT = _files / "uploads"
GENERATION_STORE = _files / "generation"
MODELS_FOLDER = _files / "models"  # none: no test needs what had to be fetched
STUDIO_PICTURE = (432, 768)
RECSYS_MODELS = _files / "recsys"
STORAGES["default"]["OPTIONS"]["location"] = MEDIA_ROOT  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False
# The heartbeat has its own connection, which cannot see a test's uncommitted rows: in a test that
# is one transaction it would find every lease lost. So it never runs there; the fixture
# ``quick_leases`` makes it run in tests that commit, and in their child processes.
_quick = "HUABEN_TEST_QUICK_LEASES" in os.environ
JOB_LEASE_SECONDS, JOB_HEARTBEAT_SECONDS = (2, 0.5) if _quick else (7200, 3600)
JOB_REANNOUNCE_SECONDS = 2
WRITING_CHECK_SECONDS = 1.0
LOG_FORMAT = "plain"
LOGGING["formatters"]["structured"]["style"] = LOG_FORMAT  # type: ignore[index]  # noqa: F405
LOGGING["root"]["level"] = "WARNING"  # type: ignore[index]  # noqa: F405
