"""The model folder: its files, and the card that vouches for them.

A model folder holds ``card.json`` (what it is, what it was trained on, how it measured, the digests
of its files) and the files of its kind. Nothing in it is ever unpickled.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CARD = "card.json"


class ModelError(ValueError):
    """A model folder that is not there, not whole, or not what its card says."""


def read_card(folder: Path) -> dict[str, Any]:
    """A model folder's card, its files checked against their digests. Raises ModelError."""
    if not folder.is_dir():
        raise ModelError(f"there is no model folder at {folder}")
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text("utf-8"))
        digests: dict[str, str] = dict(card["files"])
        kind = card["kind"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{folder} is not a model folder: its {CARD} cannot be read ({error!r})"
        ) from error
    if kind not in ("pair", "linear", "transformer", "remarks"):
        raise ModelError(f"{folder} holds a model of unknown kind {kind!r}")
    for name, digest in digests.items():
        if Path(name).name != name:
            raise ModelError(f"{folder}: the card names a file outside its folder")
        try:
            found = file_digest(folder / name)
        except OSError as error:
            raise ModelError(f"{folder}: {name} is missing") from error
        if found != digest:
            raise ModelError(f"{folder}: {name} is not the file that the card describes")
    return card


def write_card(folder: Path, card: dict[str, Any], names: Sequence[str]) -> None:
    """Finish a model folder: the card with the digests of the files ``names``. Written last."""
    card = {**card, "files": {name: file_digest(folder / name) for name in sorted(names)}}
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", "utf-8")


def file_digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
