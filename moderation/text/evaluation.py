"""How well a classifier judges: overall, by group, and when texts are rewritten to get past it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.text.classifier import TextClassifier
from moderation.text.datasets import FINE_GROUPS, LabelledText
from moderation.text.normalise import normalise
from moderation.text.obfuscation import Homophones, with_separators, with_zero_width

REWRITTEN_SHARE = 0.3


def evaluate(classifier: TextClassifier, rows: Sequence[LabelledText]) -> dict[str, Any]:
    """Figures in 0–1, but ``rows``, a count.

    ``groups`` is the share judged right by topic and fine label. ``precision_at`` tells what a
    score of a limit and more is worth: calibration on comments that were labelled with a machine's
    help looks better than it is.
    """
    abusive = np.array([row.abusive for row in rows])
    scores = classifier.score([row.text for row in rows])
    found = _figures(abusive, scores)
    right = (scores >= 0.5) == abusive
    groups: dict[str, float] = {}
    for topic in sorted({row.topic for row in rows if row.topic}):
        groups[f"topic:{topic}"] = _share(right, [row.topic == topic for row in rows])
    for fine, name in FINE_GROUPS.items():
        if any(row.fine == fine for row in rows):
            groups[f"fine:{name}"] = _share(right, [row.fine == fine for row in rows])
    found["groups"] = groups
    found["precision_at"] = {
        str(limit): round(float(abusive[scores >= limit].mean()), 4)
        if np.any(scores >= limit)
        else None
        for limit in (0.5, 0.7, 0.9, 0.95)
    }
    found["rows"] = len(rows)
    return found


def evaluate_rewritten(
    classifier: TextClassifier, rows: Sequence[LabelledText], seed: int = 5
) -> dict[str, Any]:
    """AUC, 0–1, on the same texts by kind of rewriting: plain, homophones, zero_width, separators.

    Each rewrites ``REWRITTEN_SHARE`` of the characters. seed: of the rewriting.
    """
    abusive = np.array([row.abusive for row in rows])
    homophones = Homophones([normalise(row.text) for row in rows], min_count=3)
    rewrites: dict[str, Callable[[str, random.Random], str]] = {
        "plain": lambda text, rng: text,
        "homophones": lambda text, rng: homophones.rewrite(text, REWRITTEN_SHARE, rng),
        "zero_width": lambda text, rng: with_zero_width(text, REWRITTEN_SHARE, rng),
        "separators": lambda text, rng: with_separators(text, REWRITTEN_SHARE, rng),
    }
    found = {}
    for name, rewrite in rewrites.items():
        rng = random.Random(seed)
        found[name] = round(
            _auc(abusive, classifier.score([rewrite(row.text, rng) for row in rows])), 4
        )
    return found


def _figures(abusive: NDArray[np.bool_], scores: NDArray[np.float64]) -> dict[str, Any]:
    from sklearn.metrics import f1_score

    judged = scores >= 0.5
    return {
        "accuracy": round(float((judged == abusive).mean()), 4),
        "macro_f1": round(float(f1_score(abusive, judged, average="macro")), 4),
        "auc": round(_auc(abusive, scores), 4),
        "recall": _share(judged, abusive),
        "calibration_error": round(_calibration_error(abusive, scores), 4),
    }


def _auc(abusive: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    from sklearn.metrics import roc_auc_score

    return (
        float(roc_auc_score(abusive, scores)) if len(set(abusive.tolist())) == 2 else float("nan")
    )


def _share(right: NDArray[np.bool_], which: Sequence[bool] | NDArray[np.bool_]) -> float:
    chosen = right[np.asarray(which)]
    return round(float(chosen.mean()), 4) if len(chosen) else 0.0


def _calibration_error(
    abusive: NDArray[np.bool_], scores: NDArray[np.float64], bins: int = 10
) -> float:
    """Expected calibration error over equal bins of score."""
    place = np.minimum((scores * bins).astype(int), bins - 1)
    return sum(
        float(np.mean(place == index))
        * abs(float(abusive[place == index].mean() - scores[place == index].mean()))
        for index in range(bins)
        if np.any(place == index)
    )
