"""The first stage: some hundreds of candidates for a viewer, from sources that answer by index.

No source reads the whole catalogue. Where the catalogue is no larger than what would be retrieved,
all of it is a candidate.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from recsys.als import FoldedViewer, fold_in
from recsys.model import Model
from recsys.serving_index import NO_ROWS, IntArray, ServingIndex
from recsys.sources import collaborative_trust
from recsys.viewer_profile import ViewerProfile

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

# Candidates of each source, about 500 together. Tried on KuaiRand-Pure with 29–30 April 2022 held
# out.
MAX_ALS, MAX_NEIGHBOURS, MAX_SESSION, MAX_CONTENT = 150, 150, 100, 60
MAX_TREND, MAX_POPULAR, MAX_NEW = 120, 40, 40
SMALL_CATALOGUE = 500  # items, up to which each is a candidate
# Liked items, latest first, whose neighbours are read, and after which the weight of an older one
# halves in `session`.
MAX_SEEDS = 60
SESSION_HALF_LIFE_ITEMS = 4.0


@dataclass(frozen=True)
class Candidates:
    """The c candidates of one viewer, and what each source says of them.

    rows: (c,) int64, model rows, rising. als: (c,) inner product with the folded-in vector.
    neighbours: (c,) summed similarity to the seeds, each by its strength and recency. history: the
    same without recency. session: (c,) what goes with the latest seeds in time. content: (c,)
    likeness to what was liked less that to what was skipped. n_sources: (c,) how many named it.
    folded, seed_rows, seed_weights, content_profile explain these; folded is None when ALS was not
    asked, content_profile (N_FEATURES,) for an empty profile.
    """

    rows: IntArray
    als: FloatArray
    neighbours: FloatArray
    history: FloatArray
    session: FloatArray
    content: FloatArray
    n_sources: FloatArray
    folded: FoldedViewer | None = None
    seed_rows: IntArray = field(default_factory=lambda: NO_ROWS)
    seed_weights: FloatArray = field(default_factory=lambda: np.zeros(0))
    content_profile: FloatArray | None = None


def retrieve(
    index: ServingIndex,
    profile: ViewerProfile,
    allowed: BoolArray | None = None,
    more: IntArray = NO_ROWS,
) -> Candidates:
    """The candidates of a viewer among the allowed rows, (n,) bool, by rising row.

    more: rows that are candidates whether a source names them or not.
    """
    model = index.model
    seeds = latest_liked(profile)
    folded = content_profile = None
    if len(profile.rows):
        if profile.liked.any() and collaborative_trust(model) > 0:
            folded = fold_in(
                model.item_factors, model.gram, profile.rows, profile.strength, model.settings.als
            )
        content_profile = _weighted_content(model, profile)
    if len(model.items) <= SMALL_CATALOGUE:
        found = [np.arange(len(model.items))]
    else:
        found = _named(index, profile, seeds, folded, content_profile)
    rows, counts = np.unique(np.concatenate([more, *found]), return_counts=True)
    if allowed is not None:
        keep = allowed[rows]
        rows, counts = rows[keep], counts[keep]
    return _describe(
        index,
        profile,
        rows,
        counts.astype(np.float64),
        folded=folded,
        content_profile=content_profile,
    )


def _describe(
    index: ServingIndex,
    profile: ViewerProfile,
    rows: IntArray,
    n_sources: FloatArray,
    *,
    folded: FoldedViewer | None,
    content_profile: FloatArray | None,
) -> Candidates:
    """What the sources say of these rows, (c,), whoever named them."""
    model = index.model
    zeros = np.zeros(len(rows))
    seeds = latest_liked(profile)
    seed_rows, weights = profile.rows[seeds], (profile.strength * profile.recency)[seeds]
    neighbours = history = session = zeros
    if len(seed_rows):
        neighbours, history = _sums_at(
            rows,
            model.neighbour_ids[seed_rows],
            model.neighbour_weights[seed_rows],
            (weights, profile.strength[seeds]),
        )
        lately = np.exp2(-np.arange(len(seeds)) / SESSION_HALF_LIFE_ITEMS)
        (session,) = _sums_at(
            rows, model.next_ids[seed_rows], model.next_weights[seed_rows], (lately,)
        )
    return Candidates(
        rows=rows,
        als=(model.item_factors[rows] @ folded.vector if folded is not None else zeros),
        neighbours=neighbours,
        history=history,
        session=session,
        content=(
            np.asarray(model.content[rows] @ content_profile, np.float64)
            if content_profile is not None
            else zeros
        ),
        n_sources=n_sources,
        folded=folded,
        seed_rows=seed_rows,
        seed_weights=weights,
        content_profile=content_profile,
    )


def with_rows(
    index: ServingIndex, profile: ViewerProfile, candidates: Candidates, rows: IntArray
) -> Candidates:
    """The candidates and these rows beside them, which no source need have named."""
    everything = np.union1d(candidates.rows, rows)
    if len(everything) == len(candidates.rows):
        return candidates
    n_sources = np.zeros(len(everything))
    n_sources[np.searchsorted(everything, candidates.rows)] = candidates.n_sources
    return _describe(
        index,
        profile,
        everything,
        n_sources,
        folded=candidates.folded,
        content_profile=candidates.content_profile,
    )


def latest_liked(profile: ViewerProfile) -> IntArray:
    """Positions in the profile of at most MAX_SEEDS liked items, latest first."""
    liked = np.flatnonzero(profile.liked)
    return liked[np.argsort(-profile.recency[liked], kind="stable")[:MAX_SEEDS]]


def _weighted_content(model: Model, profile: ViewerProfile) -> FloatArray:
    """Sum of the content rows of a profile by strength and recency: (N_FEATURES,) float64."""
    weights = profile.strength * profile.recency
    return np.asarray(weights @ model.content[profile.rows], np.float64).ravel()


def _named(
    index: ServingIndex,
    profile: ViewerProfile,
    seeds: IntArray,
    folded: FoldedViewer | None,
    content_profile: FloatArray | None,
) -> list[IntArray]:
    """Rows by source, each row once in each."""
    model = index.model
    found = [
        index.by_trend[:MAX_TREND],
        index.by_popularity[:MAX_POPULAR],
        index.newest[:MAX_NEW],
    ]
    if folded is not None:
        # What was seen already is near too, and is asked for on top.
        rows, _ = index.vectors.nearest(folded.vector, MAX_ALS + min(len(profile.rows), 100))
        found.append(rows)
    if len(seeds):
        seed_rows, weights = profile.rows[seeds], (profile.strength * profile.recency)[seeds]
        lately = np.exp2(-np.arange(len(seeds)) / SESSION_HALF_LIFE_ITEMS)
        for ids, strength, seed_weights, most in (
            (model.neighbour_ids, model.neighbour_weights, weights, MAX_NEIGHBOURS),
            (model.next_ids, model.next_weights, lately, MAX_SESSION),
        ):
            rows, total = _sums(ids[seed_rows], strength[seed_rows] * seed_weights[:, None])
            found.append(rows[np.argsort(-total, kind="stable")[: most + len(seeds)]])
    if content_profile is not None and index.contents is not None:
        used = np.flatnonzero(content_profile)
        direction = content_profile[used] @ model.content_axes[used]
        rows, _ = index.contents.nearest(direction, MAX_CONTENT + min(len(profile.rows), 60))
        found.append(rows)
    return found


def _sums(
    ids: npt.NDArray[np.int32], weights: npt.NDArray[np.floating]
) -> tuple[IntArray, FloatArray]:
    """Distinct ids, rising, without −1, and the sum of the weights of each."""
    known = ids >= 0
    rows, inverse = np.unique(ids[known].astype(np.int64), return_inverse=True)
    total = np.bincount(inverse, weights=weights[known], minlength=len(rows))
    return rows, np.asarray(total, np.float64)


def _sums_at(
    rows: IntArray,
    ids: npt.NDArray[np.int32],
    weights: npt.NDArray[np.float32],
    seed_weights: tuple[FloatArray, ...],
) -> list[FloatArray]:
    """For each weighting (h,) of the h seeds the sums of its neighbours' weights at `rows`, (c,).

    ids, weights: (h, k) of the seeds. rows: rising.
    """
    place = np.minimum(np.searchsorted(rows, ids), max(len(rows) - 1, 0))
    hit = (rows[place] == ids) if len(rows) else np.zeros(ids.shape, bool)
    seed, _ = np.nonzero(hit)
    sums = []
    for by_seed in seed_weights:
        total = np.bincount(place[hit], weights=weights[hit] * by_seed[seed], minlength=len(rows))
        sums.append(np.asarray(total, np.float64))
    return sums
