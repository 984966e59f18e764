"""Writes about files."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from huaben.core.models import Job

from .models import Asset


def store_asset(*, path: Path, owner: Any) -> Asset:
    """Keep a local file as a new asset: probed, digested, copied into the storage."""
    raise NotImplementedError


def package_asset_later(*, asset: Asset, metadata: dict[str, str], rooms: tuple[str, ...] = ()) -> Job:
    """Enqueue the job that makes the HLS package of an asset."""
    raise NotImplementedError


def take_upload(*, upload_id: UUID, owner: Any) -> Asset:
    """The asset of a finished upload of one's own. NotFound for another's; a Problem when unfinished or refused."""
    raise NotImplementedError
