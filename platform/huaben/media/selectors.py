"""Reads about files."""

from __future__ import annotations

from typing import Any

from .models import Asset


def playback_of(asset: Asset) -> dict[str, Any]:
    """How to play an asset: signed addresses, size and length. The caller has asked the gate."""
    raise NotImplementedError


def preview_playback_of(asset: Asset, user: Any) -> dict[str, Any]:
    """The same for an owner or a moderator, before the gate is open: bound to this person's session."""
    raise NotImplementedError
