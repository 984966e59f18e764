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


# NAT64 carries an IPv4 address in IPv6: anywhere (RFC 6052), and within one network (RFC 8215).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")


def is_public(address: str) -> bool:
    """Whether an IP address leads to the public internet, and every IPv4 address that it carries
    (mapped, compatible, NAT64, 6to4, Teredo) does too.
    """
    outer = ipaddress.ip_address(address.partition("%")[0])
    if outer in _LOCAL_NAT64:
        return False
    carried = _carried(outer) if isinstance(outer, ipaddress.IPv6Address) else [outer]
    return all(address.is_global and not address.is_multicast for address in carried)


def _carried(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    found: list[ipaddress.IPv4Address | ipaddress.IPv6Address] = [address]
    if address in _NAT64 or int(address) >> 32 == 0:
        found.append(last)
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found += address.teredo
    return found


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
            if not is_public(address):
                raise ForbiddenAddress(f"{parsed.host} leads to {address}, which is not public")
    return Destination(parsed.copy_with(host=found[0]), parsed.host)
