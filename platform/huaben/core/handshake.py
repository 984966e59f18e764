"""Who may open a WebSocket at all, before any consumer is asked."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.http import parse_cookie
from django.http.request import validate_host

from .inputs import is_storable
from .logs import path_for_logs

log = structlog.get_logger(__name__)
_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
REFUSED = {"type": "websocket.close", "code": 4403}


class Handshake:
    """Lets a socket in when its page came from the very address that it connects to, host and port
    (or from one of CSRF_TRUSTED_ORIGINS), that host is ours, and its address and cookies hold
    nothing that cannot be stored.

    What fails before a consumer has the socket refuses it, with one line of log.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        where = path_for_logs(scope["path"])
        if not is_own_origin(
            headers.get(b"origin", ""), headers.get(b"host", ""), str(scope.get("scheme", "ws"))
        ):
            log.warning("socket of another origin refused", path=where)
            await send(REFUSED)
            return
        cookies = parse_cookie(headers.get(b"cookie", ""))  # a quoted one may hold any byte
        if not all(map(is_storable, [scope["path"], *cookies.values()])):
            log.warning("socket refused", path=where, why="an address or a cookie with NUL")
            await send(REFUSED)
            return
        try:
            await self.app(scope, receive, send)
        except Exception as exc:
            why = f"{type(exc).__name__}: {exc}".partition("\n")[0]
            log.warning("socket refused", path=where, why=why)
            await send({**REFUSED, "code": 1013})


def is_own_origin(origin: str, host: str, scheme: str) -> bool:
    """Whether a page of ``origin`` may connect to ``host`` (with its port, as the header says)."""
    name, port = _address(f"{scheme}://{host}")
    if not name or not validate_host(name, settings.ALLOWED_HOSTS):
        return False
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    page = _address(origin)
    # Behind a proxy that ends TLS the scheme here is ws while the page came by https: a Host
    # without a port then means the page's default port.
    default = _PORTS.get(origin.partition("://")[0])
    return page[0] == name and page[1] == (port if _has_port(host) else default)


def _has_port(host: str) -> bool:
    return host.rpartition("]")[2].find(":") >= 0


def _address(url: str) -> tuple[str, int | None]:
    """Host and port; ("", None) for what is no address."""
    try:
        parts = urlsplit(url)
        name = parts.hostname or ""
        bracketed = f"[{name}]" if ":" in name else name
        return bracketed, parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return "", None
