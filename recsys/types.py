"""The engine's input and output types.

All are frozen dataclasses; all times are Unix seconds, all durations milliseconds. An *item* is the
unit of retrieval, whatever the caller ranks: the platform's feed passes one item for each series,
another caller may pass one for each episode. A *group* is the set of items of which at most one
stands on a page, such as the episodes of one series.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    """What a viewer did.

    `impression`: the item was on the screen. It counts as an exposure and has no strength.
    """

    IMPRESSION = "impression"
    WATCH = "watch"
    SKIP = "skip"
    FAVOURITE = "favourite"
    FOLLOW = "follow"
    SHARE = "share"
    DISMISS = "dismiss"


class ReasonKind(StrEnum):
    """Why an item is on a page. The comment beside each kind says what `Reason.refs` holds."""

    BECAUSE_WATCHED = "because_watched"  # watched items whose neighbour this one is
    VIEWERS_LIKE_YOU = "viewers_like_you"  # watched items that add most to the inner product
    GENRE = "genre"  # genres of the item that add to its content score
    TAG = "tag"  # tags of the item that add to its content score
    SIMILAR_STORY = "similar_story"  # liked items with similar text
    POPULAR = "popular"  # empty
    NEW = "new"  # empty
    EXPLORE = "explore"  # empty: drawn because it has had few exposures


@dataclass(frozen=True, slots=True)
class WatchEvent:
    """One action of one viewer on one item.

    event_id: idempotency key of the client; the same id twice counts once.
    at: Unix seconds. watched_ms: milliseconds watched, may exceed `duration_ms` (a rewatch).
    duration_ms: length of what was watched in milliseconds, 0 when unknown.
    Raises ValueError for an empty id, an unknown kind, or a number that is negative or not finite.
    """

    event_id: str
    viewer_id: str
    item_id: str
    group_id: str
    at: float
    kind: EventKind = EventKind.WATCH
    watched_ms: int = 0
    duration_ms: int = 0
    completed: bool = False

    def __post_init__(self) -> None:
        for name in ("event_id", "viewer_id", "item_id", "group_id"):
            if not getattr(self, name):
                raise ValueError(f"watch event without {name}")
        object.__setattr__(self, "kind", EventKind(self.kind))
        if not math.isfinite(self.at) or self.at < 0:
            raise ValueError(
                f"watch event {self.event_id}: at must be Unix seconds, not {self.at!r}"
            )
        if self.watched_ms < 0 or self.duration_ms < 0:
            raise ValueError(
                f"watch event {self.event_id}: watched_ms and duration_ms must not be negative"
            )


@dataclass(frozen=True, slots=True)
class Item:
    """One recommendable item.

    group_id: at most one item of a group stands on a page; equal to `item_id` where items are not
    grouped. genres: runs are counted by the first. text: title and synopsis, in any language.
    published_at: Unix seconds, 0 when unknown. Raises ValueError for an empty id or a time that is
    not finite.
    """

    item_id: str
    group_id: str
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""
    published_at: float = 0.0
    creator_id: str = ""

    def __post_init__(self) -> None:
        if not self.item_id or not self.group_id:
            raise ValueError("item without item_id or group_id")
        if not math.isfinite(self.published_at):
            raise ValueError(f"item {self.item_id}: published_at must be Unix seconds")
        object.__setattr__(self, "genres", tuple(self.genres))
        object.__setattr__(self, "tags", tuple(self.tags))


@dataclass(frozen=True, slots=True)
class FeedRequest:
    """One request for a page.

    history: the viewer's recent events in any order, skips included; a few hundred are enough.
    exclude_groups, exclude_items: ids that are never on the page (seen, dismissed, on an earlier
    page). muted_genres, muted_tags: items that have one of these are never on the page.
    only_genres: when not empty, only items that have one of these; runs of one genre are then not
    broken up. limit: page length, 1 to 100. seed: fixes what is drawn at random.
    explore_share: share of the page, 0 to 1, for items with few exposures.
    personalised: False ignores `history` altogether, also for exclusion.
    repeat_seen: True lets groups of the history return; dismissed ones never do.
    now: Unix seconds; None takes the later of the latest event of the history and the model's time.
    Raises ValueError for a limit or share out of range.
    """

    history: tuple[WatchEvent, ...] = ()
    exclude_groups: frozenset[str] = frozenset()
    exclude_items: frozenset[str] = frozenset()
    muted_genres: frozenset[str] = frozenset()
    muted_tags: frozenset[str] = frozenset()
    only_genres: frozenset[str] = frozenset()
    limit: int = 10
    seed: int = 0
    explore_share: float = 0.1
    personalised: bool = True
    repeat_seen: bool = False
    now: float | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= 100:
            raise ValueError(f"limit must be 1 to 100, not {self.limit}")
        if not 0.0 <= self.explore_share <= 1.0:
            raise ValueError(f"explore_share must be 0 to 1, not {self.explore_share}")
        object.__setattr__(self, "history", tuple(self.history))
        for name in (
            "exclude_groups",
            "exclude_items",
            "muted_genres",
            "muted_tags",
            "only_genres",
        ):
            object.__setattr__(self, name, frozenset(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for an item. `share`: part of the item's positive score, 0 to 1, that it made."""

    kind: ReasonKind
    refs: tuple[str, ...] = ()
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """One item of a page.

    sources: what each source adds to the score, negative where it lowers; they sum to `score`. An
    item that was drawn to be explored has none, and the score 0: it was not ranked.
    """

    item_id: str
    group_id: str
    score: float
    sources: dict[str, float]
    reasons: tuple[Reason, ...]
