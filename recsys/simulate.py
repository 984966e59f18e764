"""A simulated audience, for the demo and the benchmarks. All that it makes is named `simulated`.

A viewer has genre preferences (a point on the simplex, Dirichlet), likes a few tags, and has a
patience. An item has an appeal. Whether a showing is watched to the end is drawn from the three;
what is shown leans to items of high appeal, as feeds do. The constants were chosen by hand;
nothing was fitted to real viewers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from recsys.events import EVENT_SCHEMA
from recsys.types import Item

GENRES = ("志怪", "言情", "悬疑", "喜剧", "武侠", "科幻", "家庭", "历史", "复仇", "校园")
TAGS = tuple(f"标签{number}" for number in range(60))
_WORDS = "夜雨书生古寺狐灯剑影归人旧梦长街茶楼密信江湖月下红衣北境少年"


def simulate_items(count: int, end: float, seed: int = 0) -> list[Item]:
    """`count` simulated items, four to a group, published over the 180 days before `end` (Unix
    seconds).
    """
    rng = np.random.default_rng(seed)
    items = []
    for number in range(count):
        if number % 4 == 0:
            genres = tuple(
                str(name) for name in rng.choice(GENRES, size=rng.integers(1, 3), replace=False)
            )
            tags = tuple(str(name) for name in rng.choice(TAGS, size=3, replace=False))
            text = "".join(rng.choice(list(_WORDS), size=24))
            start = end - rng.uniform(0, 180) * 86400
        items.append(
            Item(
                item_id=f"simulated-e{number:06d}",
                group_id=f"simulated-s{number // 4:06d}",
                genres=genres,
                tags=tags,
                text=f"{text}第{number % 4 + 1}集",
                published_at=start + number % 4 * 3600,
                creator_id=f"simulated-c{number // 40:04d}",
            )
        )
    return items


def simulate_events(
    items: Sequence[Item],
    viewers: int,
    per_viewer: float,
    *,
    end: float,
    days: float = 30.0,
    seed: int = 0,
) -> pa.Table:
    """Events, a table with the columns of EVENT_SCHEMA, of `viewers` simulated viewers.

    per_viewer: mean of the Poisson number of showings for each. end: Unix seconds of the end of the
    period. days: its length. A showing becomes a watch or a skip, and some watches a favourite
    besides. The same arguments give the same events. Raises ValueError for no item or no viewer.
    """
    if not items or viewers < 1:
        raise ValueError("a simulated audience needs an item and a viewer at least")
    rng = np.random.default_rng(seed)
    genre_names = sorted({name for item in items for name in item.genres}) or [""]
    tag_names = sorted({name for item in items for name in item.tags}) or [""]
    genres = _memberships([item.genres for item in items], genre_names)
    tags = _memberships([item.tags for item in items], tag_names)
    genre_taste = rng.dirichlet(np.full(len(genre_names), 0.25), size=viewers).astype(np.float32)
    tag_taste = (rng.random((viewers, len(tag_names))) < 0.08).astype(np.float32)
    patience = rng.normal(0.0, 0.5, viewers)
    appeal = rng.normal(0.0, 0.6, len(items))

    counts = rng.poisson(per_viewer, viewers)
    owner = np.repeat(np.arange(viewers), counts)
    show_odds = np.exp(appeal)
    shown = rng.choice(len(items), size=len(owner), p=show_odds / show_odds.sum())
    at = end - rng.uniform(0, days, len(owner)) * 86400
    logit = (
        3.0 * np.sqrt(np.einsum("ij,ij->i", genre_taste[owner], genres[shown]))
        + 1.0 * np.minimum(np.einsum("ij,ij->i", tag_taste[owner], tags[shown]), 1.0)
        + appeal[shown]
        + patience[owner]
        - 2.2
    )
    finished = rng.random(len(owner)) < 1 / (1 + np.exp(-2.0 * logit))
    duration = (60_000 + 1000 * rng.integers(0, 60, len(items)))[shown]
    fraction = np.where(finished, 1.0, rng.beta(0.6, 3.0, len(owner)))
    watched = (fraction * duration).astype(np.int64)
    kind = np.where(finished | (fraction > 0.5), "watch", "skip")
    is_favourite = finished & (rng.random(len(owner)) < 0.08)

    item_ids = np.array([item.item_id for item in items])
    group_ids = np.array([item.group_id for item in items])
    rows = np.concatenate([np.arange(len(owner)), np.flatnonzero(is_favourite)])
    extra = len(rows) - len(owner)
    columns = {
        "event_id": [f"simulated-{seed}-{number}" for number in range(len(rows))],
        "viewer_id": np.array([f"simulated-v{number:06d}" for number in range(viewers)])[
            owner[rows]
        ],
        "item_id": item_ids[shown[rows]],
        "group_id": group_ids[shown[rows]],
        "at": at[rows] + np.r_[np.zeros(len(owner)), np.full(extra, 1.0)],
        "kind": np.r_[kind, np.full(extra, "favourite")],
        "watched_ms": np.r_[watched, np.zeros(extra, np.int64)],
        "duration_ms": np.r_[duration, np.zeros(extra, np.int64)],
        "completed": np.r_[finished, np.zeros(extra, bool)],
    }
    return pa.table(
        {name: pa.array(column) for name, column in columns.items()}, schema=EVENT_SCHEMA
    )


def _memberships(
    words: list[tuple[str, ...]], names: list[str]
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    column_of = {name: column for column, name in enumerate(names)}
    out = np.zeros((len(words), len(names)), np.float32)
    for row, item_words in enumerate(words):
        for name in item_words:
            out[row, column_of[name]] = 1.0
    return out
