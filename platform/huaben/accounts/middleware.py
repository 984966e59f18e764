"""Who is watching, for HTTP and for sockets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from huaben.core.ids import new_id

from .devices import write_cookie
from .models import User
from .services import get_or_create_viewer

COOKIE = "viewer"
SALT = "huaben.viewer"
YEAR = 365 * 24 * 3600


def _from_cookie(cookies: dict[str, str]) -> UUID | None:
    try:
        return UUID(signing.loads(cookies.get(COOKIE, ""), salt=SALT))
    except (signing.BadSignature, ValueError):
        return None


def viewer_id_from(request: Request) -> UUID:
    """The id of the viewer behind a request; one who only has a cookie may have no row yet."""
    return UUID(str(request._request.viewer_id))  # type: ignore[attr-defined]


def account_of(request: Request) -> User:
    """The account behind a request. Raises NotAuthenticated for nobody, whom a policy kept out."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


class ViewerMiddleware:
    """Puts ``request.viewer_id`` on the request: the account's viewer, or that of a signed cookie,
    set when missing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = _from_cookie(request.COOKIES)
        anonymous_id = given or new_id()
        request.anonymous_viewer_id = given  # type: ignore[attr-defined]
        request.viewer_id = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: (
                get_or_create_viewer(user=request.user).pk
                if request.user.is_authenticated
                else anonymous_id
            )
        )
        response = self.get_response(request)
        write_cookie(request, response)
        if given is None and request.path.startswith("/api/"):
            response.set_cookie(
                COOKIE,
                signing.dumps(str(anonymous_id), salt=SALT),
                max_age=YEAR,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response


class ViewerScope:
    """The same for WebSockets: ``scope["viewer_id"]``, or None for a browser that has no cookie
    yet.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        user = scope["user"]
        if user.is_authenticated:
            viewer = await database_sync_to_async(get_or_create_viewer)(user=user)
            viewer_id: UUID | None = viewer.pk
        else:
            viewer_id = _from_cookie(scope.get("cookies", {}))
        return await self.app({**scope, "viewer_id": viewer_id}, receive, send)
