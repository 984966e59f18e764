"""“Why this?”: reasons read off the numbers that made the score, never made up beside them."""

from __future__ import annotations

import numpy as np

from recsys.content import GENRES, TAGS, TEXT, feature
from recsys.model import Model
from recsys.sources import Evidence
from recsys.taste import Taste
from recsys.types import Reason, ReasonKind

LEAST_SHARE = 0.1
MOST_REASONS = 3
MOST_REFS = 2


def reasons_for(
    row: int, parts: dict[str, float], model: Model, taste: Taste, evidence: Evidence
) -> tuple[Reason, ...]:
    """The strongest reasons of one episode, strongest first. parts: score by source; only what is
    above zero is a reason.
    """
    total = sum(value for value in parts.values() if value > 0)
    found: list[Reason] = []
    for source, value in parts.items():
        if value <= 0:
            continue
        share = value / total
        if source == "als":
            found.append(
                Reason(
                    ReasonKind.VIEWERS_LIKE_YOU, _folded_refs(row, model, taste, evidence), share
                )
            )
        elif source == "neighbours":
            found.append(
                Reason(
                    ReasonKind.BECAUSE_WATCHED, _neighbour_refs(row, model, taste, evidence), share
                )
            )
        elif source == "content":
            found += _content_reasons(row, share, model, taste, evidence)
        else:
            found.append(Reason(ReasonKind(source), (), share))
    strong = [reason for reason in found if reason.share >= LEAST_SHARE]
    return tuple(sorted(strong, key=lambda reason: -reason.share)[:MOST_REASONS])


def _folded_refs(row: int, model: Model, taste: Taste, evidence: Evidence) -> tuple[str, ...]:
    if evidence.folded is None:
        return ()
    return _best(model, taste, model.item_factors[row] @ evidence.folded.parts)


def _neighbour_refs(row: int, model: Model, taste: Taste, evidence: Evidence) -> tuple[str, ...]:
    near = model.neighbour_ids[taste.rows] == row
    return _best(
        model, taste, (near * model.neighbour_weights[taste.rows]).sum(axis=1) * evidence.seeds
    )


def _content_reasons(
    row: int, share: float, model: Model, taste: Taste, evidence: Evidence
) -> list[Reason]:
    if evidence.profile is None:
        return []
    own = model.content[row].toarray().ravel() * evidence.profile
    worth = {
        region: max(float(own[region[0] : region[1]].sum()), 0.0) for region in (GENRES, TAGS, TEXT)
    }
    total = sum(worth.values())
    if total <= 0:
        return []
    item = model.items[row]
    reasons = []
    for region, kind, words in (
        (GENRES, ReasonKind.GENRE, item.genres),
        (TAGS, ReasonKind.TAG, item.tags),
    ):
        value = {word: float(own[feature(region, word)]) for word in words}
        refs = tuple(
            sorted((word for word in words if value[word] > 0), key=lambda word: -value[word])[
                :MOST_REFS
            ]
        )
        if worth[region] > 0 and refs:
            reasons.append(Reason(kind, refs, share * worth[region] / total))
    if worth[TEXT] > 0:
        text = slice(*TEXT)
        alike = model.content[taste.rows][:, text] @ model.content[row][:, text].T
        refs = _best(model, taste, alike.toarray().ravel() * np.maximum(taste.strength, 0.0))
        if refs:
            reasons.append(Reason(ReasonKind.SIMILAR_STORY, refs, share * worth[TEXT] / total))
    return reasons


def _best(
    model: Model, taste: Taste, value: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> tuple[str, ...]:
    order = np.argsort(-value, kind="stable")[:MOST_REFS]
    return tuple(model.items[int(taste.rows[place])].item_id for place in order if value[place] > 0)
