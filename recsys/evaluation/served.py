"""Pages and ranker of the recommender that serves the feed, asked for the users of a log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from recsys.evaluation.log import WatchLog
from recsys.metrics import auc, calibration_error, within_user_auc
from recsys.recommender import Recommender, Stages
from recsys.rerank import Rules
from recsys.types import EventKind, FeedRequest, WatchEvent

IntArray = npt.NDArray[np.int64]
Histories = Mapping[int, tuple[WatchEvent, ...]]
EXPLORE_SHARE = 0.1  # as the platform asks

_NO_RULES = Rules(False, False, False, False)
# What is switched off, one thing at a time.
VARIANTS = {
    "served_without_retrieval": Stages(retrieval=False),
    "served_without_ranker": Stages(ranker=False),
    "served_without_rerank": Stages(rules=_NO_RULES),
    "served_without_similarity": Stages(rules=Rules(similarity=False)),
    "served_without_genre_runs": Stages(rules=Rules(genre_runs=False)),
    "served_without_creator_runs": Stages(rules=Rules(creator_runs=False)),
    "served_without_exploration": Stages(rules=Rules(exploration=False)),
}


def read_histories(events: pa.Table, users: IntArray) -> Histories:
    """The events of each of the users, whose ids are their rows as text."""
    names = pa.array([str(user) for user in users], pa.string())
    histories: dict[int, list[WatchEvent]] = {int(user): [] for user in users}
    for row in events.filter(pc.is_in(events["viewer_id"], value_set=names)).to_pylist():
        event = WatchEvent(**(row | {"kind": EventKind(row["kind"])}))
        histories[int(row["viewer_id"])].append(event)
    return {user: tuple(found) for user, found in histories.items()}


def pages_of(
    recommender: Recommender, histories: Histories, users: IntArray, now: float, depth: int
) -> IntArray:
    """Rows of the items on one page of each user, (u, depth), −1 where a page ends.

    now: Unix seconds of the request.
    """
    pages = np.full((len(users), depth), -1, np.int64)
    for place, user in enumerate(users):
        request = FeedRequest(
            history=histories[int(user)],
            limit=depth,
            seed=int(user),
            explore_share=EXPLORE_SHARE,
            now=now,
        )
        page = [recommender.row_of(item.item_id) for item in recommender.recommend(request)]
        pages[place, : len(page)] = page
    return pages


def judge_ranker(
    recommender: Recommender, histories: Histories, log: WatchLog, now: float
) -> dict[str, Any]:
    """How well the ranker tells which of the videos shown in the test were watched long.

    histories: of users who need not have watched anything long in the test. Rows: their impressions
    in the test, as they were known at its beginning.
    """
    ids = [item.item_id for item in log.catalogue]
    order = np.argsort(log.test.users, kind="stable")
    rows = log.test
    scores, labels = [], []
    users, starts = np.unique(rows.users[order], return_index=True)
    for user, positions in zip(users, np.split(order, starts[1:]), strict=True):
        if int(user) in histories:
            request = FeedRequest(history=histories[int(user)], now=now)
            shown = [ids[row] for row in rows.items[positions]]
            scores.append(recommender.watch_probabilities(request, shown))
            labels.append(rows.long_view[positions])
    flat, liked = np.concatenate(scores), np.concatenate(labels)
    return {
        "rows": len(flat),
        "auc": auc(flat, liked),
        "within_user_auc": within_user_auc(scores, labels),
        "calibration_error": calibration_error(flat, liked),
        "predicted": float(flat.mean()),
        "observed": float(liked.mean()),
    }
