"""Signed, short-lived addresses of an asset's package, refused the moment nobody may see it any more.

Media does not know the publishing gate. The catalogue registers a guard that answers for an asset; without one,
nothing is played.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

Guard = Callable[[UUID], bool]
_guards: list[Guard] = []


def register_guard(guard: Guard) -> None:
    """``guard(asset_id)``: may an asset be shown to the public this moment?"""
    if guard not in _guards:
        _guards.append(guard)


def may_play(asset_id: UUID) -> bool:
    """Whether every guard lets the asset through; False while no guard is registered."""
    return bool(_guards) and all(guard(asset_id) for guard in _guards)
