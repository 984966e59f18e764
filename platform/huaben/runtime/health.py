"""Whether the web process of this very house answers, and under which address."""

from __future__ import annotations

import http.client

INSTANCE_HEADER = "X-Huaben-Instance"
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104


def answers(host: str, port: int, instance: str, *, timeout: float) -> bool:
    """Whether what listens there is the house that was started with this ``instance``; whatever it
    answers.
    """
    line = http.client.HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=timeout)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().headers.get(INSTANCE_HEADER) == instance
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def address_of(host: str, port: int) -> str:
    """The address that a browser on this machine opens."""
    shown = "localhost" if host == "127.0.0.1" else _EVERYWHERE.get(host, host)
    return f"http://{_in_url(shown)}:{port}"


def allowed_host(host: str) -> str:
    """What Django's ALLOWED_HOSTS calls an address to listen on; "" for every address."""
    return "" if host in _EVERYWHERE else _in_url(host)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
