"""Reads about files."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from . import storage
from .film.playlists import MASTER
from .film.stills import POSTER, SPRITE
from .models import Asset
from .playback import PlaybackTicket, Previewer, address_of, new_ticket


@dataclass(frozen=True)
class Sprite:
    """Layout of the hover sprite."""

    columns: int
    rows: int
    interval_ms: int
    width: int
    height: int


@dataclass(frozen=True)
class AssetPlayback:
    """Signed addresses of an asset's package, which stop working at ``expires_at``; width and
    height of the picture in pixels.
    """

    manifest_url: str
    poster_url: str
    sprite_url: str | None
    sprite: Sprite | None
    width: int
    height: int
    duration_ms: int
    expires_at: datetime


def get_playback(asset: Asset) -> AssetPlayback:
    """How to play an asset. Asks the database nothing; the caller has asked the gate.

    Raises ValueError for an asset without a package.
    """
    return _playback(asset, new_ticket(asset.pk))


def get_preview_playback(asset: Asset, *, previewer: Previewer) -> AssetPlayback:
    """The same for somebody who may see what is not shown.

    The addresses work in that person's session only and do not ask the gate: the caller has asked
    the policy, and each request asks it again.
    """
    return _playback(asset, new_ticket(asset.pk, preview_for=previewer.binding))


def local_path(asset: Asset) -> AbstractContextManager[Path]:
    """A local path to the asset's source for as long as the block lasts, wherever it is stored. Do
    not write to it.
    """
    return storage.as_local(asset.file)


def _playback(asset: Asset, ticket: PlaybackTicket) -> AssetPlayback:
    if not asset.package:
        raise ValueError(f"asset {asset.pk} has no package")
    return AssetPlayback(
        manifest_url=address_of(ticket, MASTER),
        poster_url=address_of(ticket, POSTER),
        sprite_url=address_of(ticket, SPRITE) if asset.sprite else None,
        sprite=Sprite(**asset.sprite) if asset.sprite else None,
        width=asset.width,
        height=asset.height,
        duration_ms=asset.duration_ms,
        expires_at=ticket.expires_at,
    )
