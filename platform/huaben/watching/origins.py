"""Same-origin checks in place of a CSRF token.

``navigator.sendBeacon`` can set no header, so the endpoint of events cannot ask for a token. Every
browser sends where a POST comes from (``Sec-Fetch-Site``, ``Origin``) and lets no page forge it; a
request without either comes from no browser, and has nobody's cookies. The viewer's and the
session's cookies are ``SameSite=Lax`` besides.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

from huaben.accounts.authentication import SessionAuthentication
from huaben.core.localized import LocalizedText
from huaben.core.problems import Refused


def ensure_same_origin(request: HttpRequest) -> None:
    """Raise Refused ``cross_origin`` for a request that another site's page makes."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        ours = site == "same-origin"
    elif origin is not None:
        ours = (
            urlsplit(origin).netloc == request.get_host() or origin in settings.CSRF_TRUSTED_ORIGINS
        )
    else:
        ours = True
    if not ours:
        raise Refused(
            "cross_origin",
            LocalizedText("只接受本站页面的记录", "Only pages of this site may send this"),
        )


class SameOriginSession(SessionAuthentication):
    """The session, guarded by where the request comes from in place of a CSRF token."""

    def enforce_csrf(self, request: Request | HttpRequest) -> None:
        """Also called for visitors by the view itself: DRF asks only for those who are signed
        in.
        """
        ensure_same_origin(request)
