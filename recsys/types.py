"""What goes into the engine and what comes out of it. All frozen; all times are Unix seconds, all
lengths milliseconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    """What a viewer did. `impression`: the episode was on the screen; it counts as exposure and
    says nothing of taste.
    """

    IMPRESSION = "impression"
    WATCH = "watch"
    SKIP = "skip"
    FAVOURITE = "favourite"
    FOLLOW = "follow"
    SHARE = "share"
    DISMISS = "dismiss"


class ReasonKind(StrEnum):
    """Why an episode is in a list. What `refs` holds is said for each."""

    BECAUSE_WATCHED = (
        "because_watched"  # episode ids that the viewer watched; viewers of those watch this one
    )
    VIEWERS_LIKE_YOU = "viewers_like_you"  # episode ids of the history that speak most for it
    GENRE = "genre"  # genres that the viewer has watched with pleasure
    TAG = "tag"  # tags, likewise
    SIMILAR_STORY = "similar_story"  # episode ids whose text is like it
    POPULAR = "popular"  # nothing
    NEW = "new"  # nothing
    EXPLORE = "explore"  # nothing: shown so that a little-seen episode gets its chance


@dataclass(frozen=True, slots=True)
class WatchEvent:
    """One thing that one viewer did with one episode.

    `event_id` is the client's key: the same id twice counts once. `at` is Unix seconds; `watched_ms` may exceed
    `duration_ms` (a rewatch). Raises ValueError for an empty id, an unknown kind, or a number that is negative or
    not finite.
    """

    event_id: str
    viewer_id: str
    episode_id: str
    series_id: str
    at: float
    kind: EventKind = EventKind.WATCH
    watched_ms: int = 0
    duration_ms: int = 0
    completed: bool = False

    def __post_init__(self) -> None:
        for name in ("event_id", "viewer_id", "episode_id", "series_id"):
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
class EpisodeItem:
    """One episode as the engine sees it. `genres` first one first: it is the one that runs are
    counted by.

    `text` is title and synopsis, in any language. `published_at` is Unix seconds.
    """

    episode_id: str
    series_id: str
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""
    published_at: float = 0.0
    creator_id: str = ""

    def __post_init__(self) -> None:
        if not self.episode_id or not self.series_id:
            raise ValueError("episode item without episode_id or series_id")
        if not math.isfinite(self.published_at):
            raise ValueError(f"episode {self.episode_id}: published_at must be Unix seconds")
        object.__setattr__(self, "genres", tuple(self.genres))
        object.__setattr__(self, "tags", tuple(self.tags))


@dataclass(frozen=True, slots=True)
class FeedRequest:
    """What one page of a feed is asked with.

    history: the viewer's recent events, in any order, skips included; a few hundred at most are of
    use. exclude_series / exclude_episodes: never in the answer (seen, dismissed, on an earlier
    page). muted_genres / muted_tags: an episode that bears one is never in the answer. only_genres:
    when given, only episodes that bear one; runs of one genre are then wanted and not broken up.
    limit: 1 to 100. seed: fixes what is drawn by chance. explore_share: 0 to 1, the part of the
    page for little-seen episodes. personalised: False ignores `history` altogether, also for
    exclusion. repeat_seen: True lets series of the history return (they are left out otherwise).
    now: Unix seconds; None takes the latest event of the history, or the model's own time.
    """

    history: tuple[WatchEvent, ...] = ()
    exclude_series: frozenset[str] = frozenset()
    exclude_episodes: frozenset[str] = frozenset()
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
            "exclude_series",
            "exclude_episodes",
            "muted_genres",
            "muted_tags",
            "only_genres",
        ):
            object.__setattr__(self, name, frozenset(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Reason:
    """One true reason: `share` is the part (0 to 1) of the episode's positive score that came from
    it.
    """

    kind: ReasonKind
    refs: tuple[str, ...] = ()
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place of a page. `sources`: score that each source gave (negative: spoke against); they
    sum to `score`.
    """

    episode_id: str
    series_id: str
    score: float
    sources: dict[str, float]
    reasons: tuple[Reason, ...]
