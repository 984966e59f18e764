"""The one interface of text classifiers, and the model folder that they are loaded from.

A model folder holds ``card.json`` (what it is, what it was trained on, how it measured, the digests of its files) and
the files of its kind. Nothing in it is ever unpickled.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

CARD = "card.json"
SHIPPED_MODEL = Path(__file__).with_name("model")


class ModelError(ValueError):
    """A model folder that is not there, not whole, or not what its card says."""


class TextClassifier(Protocol):
    """Scores how likely a text is abusive."""

    @property
    def version(self) -> str:
        """Kind and digest: two equal versions give equal scores."""
        ...

    def score(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Shape (len(texts),), in 0–1; 0.5 and above counts as abusive. Takes raw texts, normalises itself."""
        ...

    def explain(self, text: str, most: int = 3) -> tuple[str, ...]:
        """The pieces of the normalised text that weighed most towards abuse, heaviest first; () when it cannot say."""
        ...


def read_card(folder: Path) -> dict[str, Any]:
    """A model folder's card, its files checked against their digests. Raises ModelError."""
    if not folder.is_dir():
        raise ModelError(f"there is no model folder at {folder}")
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text("utf-8"))
        digests: dict[str, str] = dict(card["files"])
        kind = card["kind"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder} is not a model folder: its {CARD} cannot be read ({error!r})") from error
    if kind not in ("pair", "linear", "transformer"):
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


def load_classifier(folder: Path) -> TextClassifier:
    """The classifier in a model folder, of whatever kind. Raises ModelError."""
    card = read_card(folder)
    if card["kind"] == "pair":
        from moderation.text.pair import PairClassifier

        return PairClassifier.load(folder, card)
    if card["kind"] == "linear":
        from moderation.text.linear import LinearClassifier

        return LinearClassifier.load(folder, card)
    from moderation.text.transformer import TransformerClassifier

    return TransformerClassifier.load(folder, card)


def shipped_classifier() -> TextClassifier:
    """The small Chinese classifier that comes with the engine."""
    return load_classifier(SHIPPED_MODEL)


def write_card(folder: Path, card: dict[str, Any], names: Sequence[str]) -> None:
    """Finish a model folder: the card with the digests of the files ``names``. Written last."""
    card = {**card, "files": {name: file_digest(folder / name) for name in sorted(names)}}
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", "utf-8")


def file_digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
