"""Settings of sign-in and of mail, for every environment."""

from __future__ import annotations

import operator
import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "huaben.accounts.backends.UnconfirmedAccounts",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = operator.attrgetter("name")
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "huaben.accounts.forms.SignupForm"
# Nobody comes in before the address is confirmed; so signing up with a known one looks the same.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up, and no other
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# allauth's own limit for one account would let anybody lock its owner out: accounts.devices has
# one that does not.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip"}
PASSWORD_RESET_TIMEOUT = 3600  # seconds
ACCOUNT_ADAPTER = "huaben.accounts.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "/email/confirm/{key}",
    "account_reset_password": "/password/reset",
    "account_reset_password_from_key": "/password/reset/key/{key}",
    "account_signup": "/sign-up",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Huaben"
# Nobody signs in unconfirmed. Without this, a protected account could not change its address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "email"
AXES_WHITELIST_CALLABLE = "huaben.accounts.devices.is_known_device"
AXES_CLIENT_IP_CALLABLE = "huaben.core.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "huaben.accounts.lockout.refuse_locked_out"
EXPORT_KEPT_DAYS = 7
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- mail


def mail_server(url: str) -> dict[str, Any]:
    """The settings of one SMTP server: ``smtp://user:password@host:port``; ``smtp+tls`` for
    STARTTLS, ``smtps`` for TLS from the start. Percent-encode what is special in the password.

    Raises ImproperlyConfigured for anything else.
    """
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL is smtp://, smtp+tls:// or smtps://user:pw@host:port")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 15,
    }


if os.environ.get("EMAIL_URL"):
    globals().update(mail_server(os.environ["EMAIL_URL"]))
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "huaben@localhost")
