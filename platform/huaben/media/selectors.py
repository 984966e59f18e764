"""Reads about files."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from . import storage
from .film.playlists import MASTER
from .film.stills import POSTER, SPRITE
from .models import Asset
from .playback import PlaybackTicket, address_of, new_ticket


def playback_of(asset: Asset) -> dict[str, Any]:
    """How to play an asset: signed addresses, size and length. Asks the database nothing; the
    caller has asked the gate.

    Keys: ``manifest_url``, ``poster_url``, ``sprite_url``, ``sprite`` (``columns``, ``rows``,
    ``interval_ms``, and ``width`` and ``height`` of one tile), ``width``, ``height``,
    ``duration_ms``, ``expires_at``. Raises ValueError for an asset without a package.
    """
    return _addresses(asset, new_ticket(asset.pk))


def preview_playback_of(asset: Asset, user: Any) -> dict[str, Any]:
    """The same for somebody who may see what is not shown.

    The addresses work in that person's session only and do not ask the gate: the caller has asked
    the policy.
    """
    return _addresses(asset, new_ticket(asset.pk, preview_for=user.pk))


def local_path(asset: Asset) -> AbstractContextManager[Path]:
    """A local path to the asset's source for as long as the block lasts, wherever it is stored. Do
    not write to it.
    """
    return storage.as_local(asset.file)


def _addresses(asset: Asset, ticket: PlaybackTicket) -> dict[str, Any]:
    if not asset.package:
        raise ValueError(f"asset {asset.pk} has no package")
    return {
        "manifest_url": address_of(ticket, MASTER),
        "poster_url": address_of(ticket, POSTER),
        "sprite_url": address_of(ticket, SPRITE) if asset.sprite else None,
        "sprite": asset.sprite,
        "width": asset.width,
        "height": asset.height,
        "duration_ms": asset.duration_ms,
        "expires_at": ticket.expires_at,
    }
