"""What everybody in front of a premiere is told, computed at most once a second in each process.

However many sockets and requests ask, a process reads a scene anew only when the premiere has moved
(its ``seq``) or the last reading is a second old: that is often enough for the tally and for a gate
that closes.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from huaben.catalog.gate import open_cuts
from huaben.catalog.models import Choice, Cut
from huaben.catalog.presenters import present_episode_cards, present_playbacks, present_series_cards
from huaben.catalog.selectors import (
    PublishedEpisode,
    get_next_published,
    list_published_episodes,
    published_series,
)

from .models import Premiere
from .premieres import DOORS_OPEN, ENDINGS
from .presence import viewers_present
from .votes import count_votes
from .ways import open_ways

FRESH_SECONDS = 1.0
REMEMBERED = 200
State = Premiere.State


def scene_of(premiere: Premiere, now: datetime) -> dict[str, Any]:
    """The whole state of a premiere as a page shows it, for everybody alike; see
    ``api.premieres.PremiereSerializer``.

    ``series``, ``episode`` and ``playback`` are None, and ``turns`` empty, when they may not be shown. ``upcoming`` is what may
    follow, so that the branch that wins starts without a wait; before the start it is the first
    episode, once the doors are open.
    """
    series = published_series().filter(pk=premiere.series_id).first()
    showing = _showing(premiere)
    ways: list[tuple[Choice, PublishedEpisode]] = []
    ahead: list[PublishedEpisode] = []
    if showing is not None:
        ways = open_ways(showing.episode, premiere.variables)
        following = None if ways else get_next_published(showing.episode)
        ahead = [branch for _, branch in ways] + ([following] if following else [])
    elif (
        premiere.state == State.SCHEDULED
        and series is not None
        and now >= premiere.starts_at - DOORS_OPEN
    ):
        ahead = list_published_episodes(series)[:1]
    both = [*([showing] if showing else []), *ahead]
    cards, playbacks = present_episode_cards(both), present_playbacks(both)
    episode_id = showing.episode.pk if showing else None
    voting = premiere.state == State.VOTING
    return {
        "id": premiere.pk,
        "seq": premiere.seq,
        "phase": premiere.state,
        "server_now": now,
        "starts_at": premiere.starts_at,
        "doors_open_at": premiere.starts_at - DOORS_OPEN,
        "vote_seconds": premiere.vote_seconds,
        "phase_started_at": premiere.phase_started_at,
        "phase_ends_at": premiere.phase_ends_at,
        "series": present_series_cards([series])[series.pk] if series else None,
        "episode": cards.get(episode_id) if episode_id else None,
        "playback": playbacks.get(episode_id) if episode_id else None,
        "round": premiere.round,
        "choices": _ballot(premiere, ways) if voting else [],
        "upcoming": [
            {"episode": cards[one.episode.pk], "playback": playbacks[one.episode.pk]}
            for one in {one.episode.pk: one for one in ahead}.values()
            if one.episode.pk in playbacks and one.episode.pk != episode_id
        ],
        "present": viewers_present([premiere.pk], now).get(premiere.pk, 0),
        "turns": _turns(premiere) if series else [],
        "ending": ENDINGS[premiere.ending].as_dict() if premiere.ending else None,  # type: ignore[index]
        "finished": premiere.ending == Premiere.Ending.FINISHED,
    }


def _showing(premiere: Premiere) -> PublishedEpisode | None:
    if premiere.cut_id is None or not premiere.is_open:
        return None
    rows = Cut.objects.filter(pk=premiere.cut_id).select_related("asset", "episode")
    cut = open_cuts(rows).first()
    return PublishedEpisode(cut.episode, cut) if cut else None


def _ballot(
    premiere: Premiere, ways: Sequence[tuple[Choice, PublishedEpisode]]
) -> list[dict[str, Any]]:
    tally = count_votes(premiere, [choice for choice, _ in ways])
    total = sum(row["votes"] for row in tally)
    return [
        {
            "id": choice.pk,
            "text": row["text"],
            "seal": row["seal"],
            "to_episode_id": choice.to_episode_id,
            "votes": row["votes"],
            "percent": round(100 * row["votes"] / total) if total else 0,
        }
        for (choice, _), row in zip(ways, tally, strict=True)
    ]


def _turns(premiere: Premiere) -> list[dict[str, Any]]:
    return [
        {
            "seq": turn.seq,
            "episode_id": turn.episode_id,
            "number": turn.episode.number,
            "title": turn.episode.title,
            "choice_id": turn.choice_id,
            "choice_text": turn.choice_text,
            "tally": turn.tally,
        }
        for turn in premiere.turns.select_related("episode")
    ]


@dataclass
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    seq: int = -1
    read_at: float = 0.0
    scene: dict[str, Any] | None = None


class Scenes:
    """The scenes of one process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[UUID, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self.readings = 0

    def get(self, premiere: Premiere, now: datetime) -> dict[str, Any]:
        """The scene of a premiere as just read: at most a second old, and never of an earlier phase
        than ``premiere``'s.
        """
        with self._lock:
            kept = self._kept.setdefault(premiere.pk, _Kept())
            self._kept.move_to_end(premiere.pk)
            if len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        with kept.lock:
            stale = kept.seq < premiere.seq or time.monotonic() - kept.read_at >= FRESH_SECONDS
            if kept.scene is None or stale:
                kept.scene, kept.seq = scene_of(premiere, now), premiere.seq
                kept.read_at = time.monotonic()
                self.readings += 1
            return {**kept.scene, "server_now": now}


scenes = Scenes()
