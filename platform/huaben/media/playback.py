"""Signed, short-lived addresses of an asset's package, refused the moment nobody may see it any
more.

An address is ``/media/p/<ticket>/<file>``. Playlists name their files relative to themselves, so
one ticket carries a player through a whole film. Media does not know the publishing gate: the
catalogue registers a guard that answers for an asset, and is asked at every request; without one,
nothing is played.
"""

from __future__ import annotations

import base64
import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from huaben.core.registries import Registry
from huaben.core.types import Requester

# May an asset be shown to the public this moment?
Guard = Callable[[UUID], bool]
playback_guards: Registry[Guard] = Registry("media playback guards")
# May this person see an asset that is not shown, this moment?
PreviewGuard = Callable[[Requester, UUID], bool]
preview_guards: Registry[PreviewGuard] = Registry("media.preview_guards")
_FILES = re.compile(
    r"(?:master\.m3u8|poster\.webp|sprite\.webp|\d{1,4}p/(?:index\.m3u8|init\.mp4|\d{5}\.m4s))"
)


def may_play(asset_id: UUID) -> bool:
    """Whether every guard lets the asset through; False while no guard is registered."""
    return len(playback_guards) > 0 and all(guard(asset_id) for guard in playback_guards.values())


def may_preview(user: Requester, asset_id: UUID) -> bool:
    """Whether every guard lets this person see an asset that is not shown; False while there is
    none.
    """
    guards = preview_guards.values()
    return len(preview_guards) > 0 and all(guard(user, asset_id) for guard in guards)


def is_package_file(path: str) -> bool:
    """Whether a path is one that packages have: nothing else is ever looked up in the storage."""
    return _FILES.fullmatch(path) is not None


@dataclass(frozen=True)
class Previewer:
    """Somebody who is signed in, and the session in which the addresses of their previews work."""

    user: Requester
    session_key: str

    @property
    def binding(self) -> bytes:
        """What a ticket keeps of them, 16 bytes: it tells nothing of person or session."""
        text = f"{self.user.pk}:{self.session_key}"
        return salted_hmac("huaben.media.preview", text, algorithm="sha256").digest()[:16]


def previewer_of(request: HttpRequest | Request) -> Previewer:
    """Who asks, in which session. Raises NotAuthenticated for somebody who is not signed in."""
    if not request.user.is_authenticated or request.session.session_key is None:
        raise NotAuthenticated
    return Previewer(request.user, request.session.session_key)


class TicketExpired(Exception):
    """The ticket is one of ours, but its time is over."""


@dataclass(frozen=True)
class PlaybackTicket:
    """Permission to fetch the files of one asset until ``expires`` (Unix time); previews are for
    one session of one person (``Previewer.binding``).
    """

    asset_id: UUID
    expires: int
    preview_for: bytes | None = None

    @property
    def expires_at(self) -> datetime:
        return datetime.fromtimestamp(self.expires, UTC)


def new_ticket(asset_id: UUID, *, preview_for: bytes | None = None) -> PlaybackTicket:
    """A ticket that is good for between half of PLAYBACK_URL_SECONDS and all of it.

    Its end is rounded, so that the same asset has the same address for a while and browsers keep
    its poster.
    """
    half = max(1, settings.PLAYBACK_URL_SECONDS // 2)
    return PlaybackTicket(asset_id, (math.floor(time.time() / half) + 2) * half, preview_for)


def address_of(ticket: PlaybackTicket, path: str) -> str:
    """The address of one file of the package."""
    fields = [ticket.asset_id.bytes, ticket.expires.to_bytes(6, "big")]
    if ticket.preview_for is not None:
        fields.append(ticket.preview_for)
    body = base64.urlsafe_b64encode(b"".join(fields)).decode().rstrip("=")
    return f"/media/p/{_signer().sign(body)}/{path}"


def read_ticket(text: str) -> PlaybackTicket:
    """The ticket of an address. Raises django.core.signing.BadSignature, or TicketExpired."""
    body = _signer().unsign(text)
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    preview_for = raw[22:38] if len(raw) == 38 else None
    ticket = PlaybackTicket(UUID(bytes=raw[:16]), int.from_bytes(raw[16:22], "big"), preview_for)
    if ticket.expires <= time.time():
        raise TicketExpired
    return ticket


def _signer() -> signing.Signer:
    return signing.Signer(salt="huaben.media.playback", sep=".")
