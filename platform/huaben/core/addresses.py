"""From which network address a request comes: decided once, for everything that asks.

Behind a proxy the peer of every connection is the proxy. ``TRUSTED_PROXIES`` names the proxies
whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed; what anybody else sends under
these names is dropped before an application sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
UNIX_SOCKET = "unix"
_FORWARDED_FOR = b"x-forwarded-for"
# Only a trusted proxy may say these.
_CLAIMS = {
    _FORWARDED_FOR,
    b"x-forwarded-proto",
    b"x-forwarded-host",
    b"x-forwarded-port",
    b"x-real-ip",
    b"forwarded",
}
# Even a trusted proxy's are of no more use once the address is decided.
_DECIDED = {_FORWARDED_FOR, b"x-real-ip", b"forwarded"}


def client_address(request: HttpRequest) -> str | None:
    """The address that a request comes from; None on a socket that has none."""
    return request.META.get("REMOTE_ADDR") or None


def address_of_client(peer: str | None, forwarded: Sequence[str], trusted: Sequence[str]) -> str:
    """The address of whoever speaks through ``peer``, which is None for a Unix socket.

    ``forwarded``: the values of ``X-Forwarded-For``, of which each proxy has added one at the end.
    They are read from the end while the one before is a proxy of ``trusted``; what is no address
    ends the reading. Returns an empty string for a Unix socket of which nothing is known.
    """
    last = peer or ""
    if not is_trusted(peer, trusted):
        return last
    values = [value.strip() for line in forwarded for value in line.split(",")]
    for value in reversed(values):
        address = _address(value)
        if address is None:
            break
        last = str(address)
        if not is_trusted(last, trusted):
            break
    return last


def network_digest(address: str | None) -> str:
    """A keyed digest of the network that an address belongs to (IPv4: /24, IPv6: /56, which is what
    one household or host is given), 16 characters; "" where no address is known. It tells apart,
    and cannot be turned back.
    """
    known = _address(address or "")
    if known is None:
        return ""
    network = ip_network((known, 24 if known.version == 4 else 56), strict=False)
    return salted_hmac("huaben.network", str(network), algorithm="sha256").hexdigest()[:16]


def is_trusted(peer: str | None, trusted: Sequence[str]) -> bool:
    """Whether a peer is one of the proxies that are believed."""
    networks, unix = _networks(tuple(trusted))
    if peer is None:
        return unix
    address = _address(peer)
    return address is not None and any(address in network for network in networks)


@lru_cache(maxsize=8)
def _networks(trusted: tuple[str, ...]) -> tuple[tuple[Network, ...], bool]:
    named = [text for text in trusted if text != UNIX_SOCKET]
    return tuple(ip_network(text, strict=False) for text in named), UNIX_SOCKET in trusted


def _address(text: str) -> Address | None:
    # Some proxies add the port: 192.0.2.1:4711, [2001:db8::1]:4711.
    bare = text.partition("]")[0].lstrip("[") if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


class ClientAddress:
    """ASGI: gives every request and socket the address of its client, and drops what only a trusted
    proxy may say.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if scope["type"] in ("http", "websocket"):
            scope = with_client_address(scope, settings.TRUSTED_PROXIES)
        return await self.app(scope, receive, send)


def with_client_address(scope: dict[str, Any], trusted: Sequence[str]) -> dict[str, Any]:
    """The same ASGI scope as its application may see it."""
    client = scope.get("client")
    peer = client[0] if client and client[0] else None
    headers = scope["headers"]
    forwarded = [value.decode("latin-1") for name, value in headers if name == _FORWARDED_FOR]
    address = address_of_client(peer, forwarded, trusted)
    dropped = _DECIDED if is_trusted(peer, trusted) else _CLAIMS
    return {
        **scope,
        "client": [address, client[1] if client else 0] if address else None,
        "headers": [pair for pair in headers if pair[0] not in dropped],
    }
