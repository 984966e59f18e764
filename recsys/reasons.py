"""“Why this?”: reasons derived from the very numbers that made an item's score."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from recsys.content import GENRES, TAGS, TEXT, feature_column
from recsys.model import Model
from recsys.retrieval import Candidates
from recsys.types import Reason, ReasonKind
from recsys.viewer_profile import ViewerProfile

MIN_SHARE = 0.1  # of the positive score; what made less is not a reason
MAX_REASONS = 3
MAX_REFS = 2


def reasons_for(
    row: int,
    parts: dict[str, float],
    model: Model,
    profile: ViewerProfile,
    candidates: Candidates,
) -> tuple[Reason, ...]:
    """At most MAX_REASONS reasons for the item at `row`, strongest first.

    parts: what each source adds to the score; only positive ones give reasons, and only where what
    the reason says is so. The result is empty when nothing speaks for the item.
    """
    positive = {source: value for source, value in parts.items() if value > 0}
    total = sum(positive.values())
    reasons: list[Reason] = []
    for source, value in positive.items():
        share = value / total
        if source == "als" and (refs := _als_refs(row, model, profile, candidates)):
            reasons.append(Reason(ReasonKind.VIEWERS_LIKE_YOU, refs, share))
        elif source == "neighbours" and (refs := _neighbour_refs(row, model, candidates)):
            reasons.append(Reason(ReasonKind.BECAUSE_WATCHED, refs, share))
        elif source == "content":
            reasons += _content_reasons(row, share, model, profile, candidates)
        elif (source == "popular" and model.popularity[row] > 0) or (
            source == "new" and model.items[row].published_at > 0
        ):
            reasons.append(Reason(ReasonKind(source), (), share))
    strong = [reason for reason in reasons if reason.share >= MIN_SHARE] or reasons
    return tuple(sorted(strong, key=lambda reason: -reason.share)[:MAX_REASONS])


def _als_refs(
    row: int, model: Model, profile: ViewerProfile, candidates: Candidates
) -> tuple[str, ...]:
    if candidates.folded is None:
        return ()
    products = model.item_factors[row] @ candidates.folded.contributions
    return _strongest_items(model, profile.rows, np.where(profile.enjoyed, products, 0.0))


def _neighbour_refs(row: int, model: Model, candidates: Candidates) -> tuple[str, ...]:
    """The seeds whose neighbour the item is."""
    seeds = candidates.seed_rows
    is_neighbour = model.neighbour_ids[seeds] == row
    similarity = (is_neighbour * model.neighbour_weights[seeds]).sum(axis=1)
    return _strongest_items(model, seeds, similarity * candidates.seed_weights)


def _content_reasons(
    row: int, share: float, model: Model, profile: ViewerProfile, candidates: Candidates
) -> list[Reason]:
    """Split the content source's share by field: genres, tags, text."""
    if candidates.content_profile is None:
        return []
    products = model.content[row].toarray().ravel() * candidates.content_profile
    by_field = {
        field: max(float(products[field[0] : field[1]].sum()), 0.0)
        for field in (GENRES, TAGS, TEXT)
    }
    total = sum(by_field.values())
    if total <= 0:
        return []
    item = model.items[row]
    candidates = (
        (ReasonKind.GENRE, GENRES, _strongest_words(GENRES, item.genres, products)),
        (ReasonKind.TAG, TAGS, _strongest_words(TAGS, item.tags, products)),
        (ReasonKind.SIMILAR_STORY, TEXT, _similar_text_refs(row, model, profile)),
    )
    return [
        Reason(kind, refs, share * by_field[field] / total)
        for kind, field, refs in candidates
        if by_field[field] > 0 and refs
    ]


def _strongest_words(
    field: tuple[int, int], words: tuple[str, ...], products: npt.NDArray[np.float64]
) -> tuple[str, ...]:
    value = {word: float(products[feature_column(field, word)]) for word in words}
    positive = sorted((word for word in words if value[word] > 0), key=lambda word: -value[word])
    return tuple(positive[:MAX_REFS])


def _similar_text_refs(row: int, model: Model, profile: ViewerProfile) -> tuple[str, ...]:
    text = slice(*TEXT)
    similarity = model.content[profile.rows][:, text] @ model.content[row][:, text].T
    weights = similarity.toarray().ravel() * np.maximum(profile.strength, 0.0)
    return _strongest_items(model, profile.rows, weights)


def _strongest_items(
    model: Model, rows: npt.NDArray[np.int64], weights: npt.NDArray[np.floating]
) -> tuple[str, ...]:
    """Ids of the rows (h,) with the largest positive weights (h,)."""
    order = np.argsort(-weights, kind="stable")[:MAX_REFS]
    return tuple(
        model.items[int(rows[position])].item_id for position in order if weights[position] > 0
    )
