"""Outgoing addresses: a base URL typed by a person must not reach a private network.

The host is resolved once, each address is judged, and the connection goes to the very address that
was judged, so that a name cannot point elsewhere a moment later.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass

import httpx


class ForbiddenAddress(ValueError):
    """The URL is not plain HTTPS to a public host."""


@dataclass(frozen=True)
class Destination:
    """A URL with its host replaced by the address to connect to, and the host that it was."""

    url: httpx.URL
    host: str


def resolve_destination(url: str, *, allow_private: bool = False) -> Destination:
    """Resolve ``url`` and refuse it unless it is HTTPS to public addresses only.

    ``allow_private`` also admits HTTP and any address: for a model on one's own machines, and for
    tests. Raises ``ForbiddenAddress``, ``OSError`` when the name cannot be resolved.
    """
    parsed = httpx.URL(url)
    if (
        parsed.scheme not in ({"https", "http"} if allow_private else {"https"})
        or not parsed.host
        or parsed.userinfo
    ):
        raise ForbiddenAddress(
            f"{parsed.scheme}://{parsed.host} is not an address that may be called"
        )
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    found = [
        str(entry[4][0]) for entry in socket.getaddrinfo(parsed.host, port, type=socket.SOCK_STREAM)
    ]
    if not allow_private:
        for address in found:
            if not ipaddress.ip_address(address.partition("%")[0]).is_global:
                raise ForbiddenAddress(f"{parsed.host} leads to {address}, which is not public")
    return Destination(parsed.copy_with(host=found[0]), parsed.host)
