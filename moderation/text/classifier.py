"""The one interface of text classifiers, and how one is opened from its model folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from moderation.text.model_folder import read_card

SHIPPED_MODEL = Path(__file__).with_name("model")


class TextClassifier(Protocol):
    """Scores how likely a text is abusive."""

    @property
    def version(self) -> str:
        """Kind and digest: two equal versions give equal scores."""
        ...

    def score(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Probability of abuse, (len(texts),) float64 in 0–1; from 0.5 on a text counts as abusive.

        Takes raw texts and normalises them itself.
        """
        ...

    def explain(self, text: str, max_pieces: int = 3) -> tuple[str, ...]:
        """At most ``max_pieces`` pieces of the normalised text that weigh most towards abuse,
        heaviest first.

        Empty when the classifier cannot say.
        """
        ...


def load_classifier(folder: Path) -> TextClassifier:
    """The classifier in a model folder, of whatever kind. Raises ModelError."""
    card = read_card(folder)
    if card["kind"] == "pair":
        from moderation.text.ensemble import EnsembleClassifier

        return EnsembleClassifier.load(folder, card)
    if card["kind"] == "linear":
        from moderation.text.linear import LinearClassifier

        return LinearClassifier.load(folder, card)
    from moderation.text.transformer import TransformerClassifier

    return TransformerClassifier.load(folder, card)


def shipped_classifier() -> TextClassifier:
    """The small Chinese classifier that comes with the engine."""
    return load_classifier(SHIPPED_MODEL)
