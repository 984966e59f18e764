"""“Why this?”: reasons derived from the very numbers that made an item's score."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from recsys.content import GENRES, TAGS, TEXT, feature_column
from recsys.model import Model
from recsys.retrieval import Candidates
from recsys.types import Reason, ReasonKind
from recsys.viewer_profile import ViewerProfile

MIN_SHARE = 0.1  # of the positive score; what made less is not a reason, unless nothing made more
MAX_REASONS = 3
MAX_REFS = 2


class Explainer:
    """Reasons for the items of one page."""

    def __init__(self, model: Model, profile: ViewerProfile, candidates: Candidates) -> None:
        self._model = model
        self._profile = profile
        self._candidates = candidates

    def reasons(self, row: int, parts: dict[str, float]) -> tuple[Reason, ...]:
        """At most MAX_REASONS reasons for the item at `row`, strongest first.

        parts: what each source adds to the score; only positive ones give reasons, and only where
        what the reason says is so. The result is empty when nothing speaks for the item.
        """
        positive = {source: value for source, value in parts.items() if value > 0}
        total = sum(positive.values())
        reasons: list[Reason] = []
        for source, value in positive.items():
            share = value / total
            if source == "als" and (refs := self._als_refs(row)):
                reasons.append(Reason(ReasonKind.VIEWERS_LIKE_YOU, refs, share))
            elif source == "neighbours" and (refs := self._neighbour_refs(row)):
                reasons.append(Reason(ReasonKind.BECAUSE_WATCHED, refs, share))
            elif source == "content":
                reasons += self._content_reasons(row, share)
            elif (source == "popular" and self._model.popularity[row] > 0) or (
                source == "new" and self._model.items[row].published_at > 0
            ):
                reasons.append(Reason(ReasonKind(source), (), share))
        strong = [reason for reason in reasons if reason.share >= MIN_SHARE] or reasons
        return tuple(sorted(strong, key=lambda reason: -reason.share)[:MAX_REASONS])

    def _als_refs(self, row: int) -> tuple[str, ...]:
        folded = self._candidates.folded
        if folded is None:
            return ()
        products = self._model.item_factors[row] @ folded.contributions
        enjoyed = np.where(self._profile.enjoyed, products, 0.0)
        return self._strongest_items(self._profile.rows, enjoyed)

    def _neighbour_refs(self, row: int) -> tuple[str, ...]:
        """The seeds whose neighbour the item is."""
        model, seeds = self._model, self._candidates.seed_rows
        is_neighbour = model.neighbour_ids[seeds] == row
        similarity = (is_neighbour * model.neighbour_weights[seeds]).sum(axis=1)
        return self._strongest_items(seeds, similarity * self._candidates.seed_weights)

    def _content_reasons(self, row: int, share: float) -> list[Reason]:
        """Split the content source's share by field: genres, tags, text."""
        profile = self._candidates.content_profile
        if profile is None:
            return []
        columns, values = self._content_of(row)
        products = values * profile[columns]
        by_field = {
            field: max(float(products[(columns >= field[0]) & (columns < field[1])].sum()), 0.0)
            for field in (GENRES, TAGS, TEXT)
        }
        total = sum(by_field.values())
        if total <= 0:
            return []
        item = self._model.items[row]
        product_of = dict(zip(columns.tolist(), products.tolist(), strict=True))
        reasons = []
        for kind, field in (
            (ReasonKind.GENRE, GENRES),
            (ReasonKind.TAG, TAGS),
            (ReasonKind.SIMILAR_STORY, TEXT),
        ):
            if by_field[field] <= 0:
                continue
            if field is TEXT:
                refs = self._similar_text_refs(row)
            else:
                words = item.genres if field is GENRES else item.tags
                refs = _strongest_words(field, words, product_of)
            if refs:
                reasons.append(Reason(kind, refs, share * by_field[field] / total))
        return reasons

    def _similar_text_refs(self, row: int) -> tuple[str, ...]:
        columns, values = self._content_of(row)
        inside = columns >= TEXT[0]
        text = np.zeros(TEXT[1] - TEXT[0])
        text[columns[inside] - TEXT[0]] = values[inside]
        weights = (self._profile_text @ text) * np.maximum(self._profile.strength, 0.0)
        return self._strongest_items(self._profile.rows, weights)

    @cached_property
    def _profile_text(self) -> sp.csr_matrix:
        """Content rows of the profile's items, their text alone: (h, width of TEXT)."""
        return self._model.content[self._profile.rows][:, slice(*TEXT)]

    def _content_of(self, row: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Columns and values of an item's content row."""
        content = self._model.content
        part = slice(content.indptr[row], content.indptr[row + 1])
        return content.indices[part], content.data[part]

    def _strongest_items(
        self, rows: npt.NDArray[np.int64], weights: npt.NDArray[np.floating]
    ) -> tuple[str, ...]:
        """Ids of the rows (h,) with the largest positive weights (h,)."""
        order = np.argsort(-weights, kind="stable")[:MAX_REFS]
        return tuple(
            self._model.items[int(rows[position])].item_id
            for position in order
            if weights[position] > 0
        )


def _strongest_words(
    field: tuple[int, int], words: tuple[str, ...], product_of: dict[int, float]
) -> tuple[str, ...]:
    value = {word: product_of.get(feature_column(field, word), 0.0) for word in words}
    positive = sorted((word for word in words if value[word] > 0), key=lambda word: -value[word])
    return tuple(positive[:MAX_REFS])
