"""Series that passed the whole gate: labelled, approved for their very bytes, filed; and players
that watch them.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from huaben.catalog.gate import announce_gate_change
from huaben.catalog.models import Cut, Episode, Series
from huaben.catalog.services import clear_words, create_series, lock_words
from huaben.catalog.words import words_of
from huaben.filing.models import Filing
from huaben.review.models import Case, CutLabel, Decision
from tests.factories import AssetFactory, CutFactory, EpisodeFactory, UserFactory

_numbers = count(1)


def show_series(
    title: str, *genres: str, episodes: int = 1, creator: Any = None, synopsis: str = ""
) -> Series:
    """A series whose episodes are all shown."""
    series = create_series(
        creator=creator or UserFactory(), title=title, synopsis=synopsis, genres=genres
    )
    for number in range(1, episodes + 1):
        episode = EpisodeFactory(series=series, number=number, title=f"{title} {number}")
        show_cut(CutFactory(episode=episode, source=AssetFactory(owner=series.creator)))
    return series


def show_cut(cut: Cut) -> Cut:
    """Open the gate for a packaged Cut: labelled, approved for its very bytes, its series filed;
    and tell of it.
    """
    assert cut.asset is not None
    CutLabel.objects.create(
        cut=cut,
        asset=cut.asset,
        sha256=cut.asset.sha256,
        value="1",
        notice={"zh": "AI生成", "en": "AI-generated"},
        rules_version="test",
        verified_at=timezone.now(),
    )
    clear_all_words(cut.episode.series)
    digests = {"sha256": cut.asset.sha256, "package_sha256": cut.asset.package_sha256}
    case = Case.objects.create(cut=cut, state="open", verdict="pass", **digests)
    decision = Decision.objects.create(case=case, outcome="approved", automatic=True, **digests)
    Case.objects.filter(pk=case.pk).update(state="approved", decision=decision)
    series_id = cut.episode.series_id
    if not Filing.objects.filter(series_id=series_id).exists():
        number = f"（粤）网微剧备字（2026）第{next(_numbers):03d}号"
        Filing.objects.create(
            series_id=series_id,
            state="in_force",
            number=number,
            title=cut.episode.series.title,
            in_force_from=date(2026, 1, 1),
        )
    announce_gate_change(series_id=series_id)
    return cut


def clear_all_words(series: Series) -> None:
    """Let everything that a series, its episodes and its choices say be shown."""
    things = [series, *series.episodes.all(), *series.choices.exclude(text="")]
    with transaction.atomic():
        lock_words(series.pk)
        clear_words(entries=[words_of(thing) for thing in things])


def unshown_cut(series: Series) -> Cut:
    """A packaged Cut of a new episode that nobody has approved."""
    return CutFactory(
        episode=EpisodeFactory(series=series, number=series.episodes.count() + 1),
        source=AssetFactory(),
    )


def the_event(
    episode: Episode, kind: str, *, position_ms: int = 0, **changes: Any
) -> dict[str, Any]:
    """An event as a player sends it."""
    event = {
        "id": str(uuid.uuid4()),
        "kind": kind,
        "episode_id": str(episode.pk),
        "cut_id": str(episode.cuts.get().pk),
        "at": datetime.now(UTC).isoformat(),
        "position_ms": position_ms,
        "watched_ms": position_ms,
        "duration_ms": 60_000,
    }
    return event | changes


def watch(
    client: Any, series: Series, *, number: int = 1, to_ms: int = 60_000, **changes: Any
) -> None:
    """Watch an episode over HTTP: to its end, or as far as ``to_ms``."""
    episode = series.episodes.get(number=number)
    last = "complete" if to_ms >= 60_000 else "progress"
    _send(
        client, the_event(episode, "start"), the_event(episode, last, position_ms=to_ms, **changes)
    )


def skip(client: Any, series: Series, *, number: int = 1) -> None:
    """Swipe an episode away after a second."""
    episode = series.episodes.get(number=number)
    _send(client, the_event(episode, "start"), the_event(episode, "skip", position_ms=1000))


def _send(client: Any, *events: dict[str, Any]) -> None:
    answer = client.post("/api/v1/events", {"events": list(events)}, format="json")
    assert (answer.status_code, answer.json()["accepted"]) == (202, len(events)), answer.json()
