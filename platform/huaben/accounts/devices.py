"""Browsers in which an account has signed in before, and how often passwords may be guessed.

Whoever guesses passwords does so from browsers that the account has never been in. Their wrong
guesses are counted together, and stop them; a browser that holds the account's cookie has a count
of its own, so strangers cannot keep the owner out.
"""

from __future__ import annotations

import secrets

from allauth.core.internal import ratelimit
from axes.signals import user_locked_out
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from huaben.core.addresses import client_address

from .mails import enqueue_mail
from .models import User

COOKIE = "known"
SALT = "huaben.known_device"
YEAR = 365 * 24 * 3600
MAX_ACCOUNTS = 5
DAY = 24 * 3600
# One account's wrong passwords: from all unknown browsers together, and from one known browser.
RATES = {"unknown_device": "40/h/key", "known_device": "10/15m/key"}


def device_of(request: HttpRequest, user: User) -> str | None:
    """The name of this browser for an account that has signed in in it; None for a stranger's."""
    return _read(request).get(str(user.pk))


def remember_device(request: HttpRequest, user: User) -> None:
    """Have the answer to this request tell the browser that the account was here."""
    request.known_user_id = str(user.pk)  # type: ignore[attr-defined]


def write_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Set the cookie if ``remember_device`` was called during this request."""
    user_id = getattr(request, "known_user_id", None)
    known = _read(request)
    if user_id is None or user_id in known:
        return
    kept = dict(list(known.items())[-(MAX_ACCOUNTS - 1) :])
    response.set_cookie(
        COOKIE,
        signing.dumps({**kept, user_id: secrets.token_hex(8)}, salt=SALT),
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def count_guess(request: HttpRequest, email: str) -> ratelimit.RateLimitUsage | None:
    """Count one try to sign in; None when there were too many. ``rollback`` takes it back."""
    email = email.lower()
    user = User.objects.filter(email=email).first()
    device = device_of(request, user) if user else None
    action = "known_device" if device else "unknown_device"
    usage: ratelimit.RateLimitUsage | None = ratelimit.consume(
        request, app="huaben.accounts", action=action, config=RATES, key=f"{email} {device}"
    )
    if usage is None and device is None:
        notify_guarded(request, email)
    return usage


def is_known_device(request: HttpRequest, credentials: dict[str, str] | None = None) -> bool:
    """Whether axes lets a try to sign in through: a known browser has the count above instead."""
    user = User.objects.filter(email=(credentials or {}).get("email", "").lower()).first()
    return user is not None and device_of(request, user) is not None


def notify_guarded(request: HttpRequest, email: str) -> None:
    """Tell the owner of an account, once a day, that somebody guesses its password."""
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None or not cache.add(f"accounts.guarded:{user.pk}", True, DAY):
        return
    enqueue_mail(
        "huaben/guarded",
        to=user.email,
        language=user.language,
        values={
            "ip": client_address(request) or "?",
            "reset_url": request.build_absolute_uri("/password/reset"),
            "site": request.get_host(),
        },
    )


def notify_locked_out(request: HttpRequest, username: str | None, **kwargs: object) -> None:
    """axes has locked an account for an address."""
    if username:
        notify_guarded(request, username)


user_locked_out.connect(notify_locked_out)


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return {}
    return known if isinstance(known, dict) else {}
