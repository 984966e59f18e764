"""Reads about watching. What a viewer gets back of it comes through the publishing gate, like
everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from huaben.accounts.models import User
from huaben.catalog.gate import open_cuts
from huaben.catalog.models import Choice, Cut, Episode, Series
from huaben.catalog.selectors import (
    Shown,
    episode_cards,
    series_cards,
    shown_episodes,
    shown_series,
)
from huaben.core.localized import LocalizedText
from huaben.core.pagination import decode_cursor, encode_cursor, page_newest
from huaben.core.problems import NotFound, Problem

from .models import Favourite, Follow, NotInterested, Progress

# How far back “continue watching” looks, in episodes.
LOOK_BACK = 500


@dataclass(frozen=True)
class Marks:
    """Everything a viewer has said about series and creators: ids, and when. ``seen``: any episode
    of it was begun.
    """

    favourites: dict[UUID, datetime]
    not_interested: dict[UUID, datetime]
    following: dict[UUID, datetime]
    seen: dict[UUID, datetime]


_MARKS = """
select 'favourite', series_id, created_at from watching_favourite where viewer_id = %(viewer)s
union all select 'not_interested', series_id, created_at from watching_notinterested where viewer_id = %(viewer)s
union all select 'following', creator_id, created_at from watching_follow where viewer_id = %(viewer)s
union all select 'seen', series_id, max(last_at) from watching_progress where viewer_id = %(viewer)s group by series_id
"""


def marks_of(viewer_id: UUID) -> Marks:
    """What a viewer has said about series and creators. One query."""
    found: dict[str, dict[UUID, datetime]] = {
        "favourite": {},
        "not_interested": {},
        "following": {},
        "seen": {},
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, {"viewer": viewer_id})
        for mark, subject, at in cursor.fetchall():
            found[mark][subject] = at
    return Marks(found["favourite"], found["not_interested"], found["following"], found["seen"])


def marks_on(viewer_id: UUID, series: Series) -> dict[str, bool]:
    """What a viewer has said of one series and its creator."""
    return {
        "favourite": Favourite.objects.filter(viewer_id=viewer_id, series=series).exists(),
        "not_interested": NotInterested.objects.filter(viewer_id=viewer_id, series=series).exists(),
        "following": Follow.objects.filter(
            viewer_id=viewer_id, creator_id=series.creator_id
        ).exists(),
    }


def recent_progress(viewer_id: UUID, limit: int) -> list[Progress]:
    """What a viewer watched last, newest first, with the series' title loaded; also of what is not
    shown any more.
    """
    rows = Progress.objects.filter(viewer_id=viewer_id).select_related("series")
    fields = [field.attname for field in Progress._meta.concrete_fields]
    return list(rows.only(*fields, "series__title").order_by("-last_at", "-id")[:limit])


def find_shown_series(series_id: UUID) -> Series:
    """A series of which something may be shown. Raises NotFound."""
    series = shown_series(Series.objects.filter(pk=series_id)).first()
    if series is None:
        raise NotFound
    return series


def find_shown_creator(creator_id: UUID) -> User:
    """A creator of whom something may be shown. Raises NotFound: others do not exist for
    viewers.
    """
    creator = User.objects.filter(pk=creator_id, is_active=True).first()
    if creator is None or not shown_series(Series.objects.filter(creator=creator)).exists():
        raise NotFound
    return creator


def history_page(
    viewer_id: UUID, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """What a viewer watched, newest first, of what is still shown; and the next page's cursor."""
    rows = Progress.objects.filter(
        Exists(open_cuts(Cut.objects.filter(episode=OuterRef("episode")))), viewer_id=viewer_id
    )
    if cursor:
        at, pk = _place(cursor)
        rows = rows.filter(Q(last_at__lt=at) | Q(last_at=at, pk__lt=pk))
    found = list(rows.order_by("-last_at", "-id")[: limit + 1])
    after = None
    if len(found) > limit:
        found = found[:limit]
        after = encode_cursor([found[-1].last_at.isoformat(), str(found[-1].pk)])
    shown = shown_episodes([row.episode_id for row in found])
    return history_items(
        [(shown[row.episode_id], row) for row in found if row.episode_id in shown]
    ), after


def _place(cursor: str) -> tuple[datetime, UUID]:
    try:
        at, pk = decode_cursor(cursor)
        return datetime.fromisoformat(at), UUID(pk)
    except (TypeError, ValueError) as exc:
        raise Problem(
            "bad_cursor", LocalizedText("翻页标记无效", "The page cursor is not valid")
        ) from exc


def continue_watching(viewer_id: UUID) -> list[tuple[Shown, Progress]]:
    """Where a viewer may go on, newest series first: the unfinished episode, or the one after the
    finished.

    A finished episode that ends in a choice stands for itself: the choice is still to be made. A
    series that was skipped last, or is not wanted, or is watched to its end, is left out. The
    Progress is that of the episode given, or an empty one.
    """
    rows = Progress.objects.filter(viewer_id=viewer_id).order_by("-last_at", "-id")[:LOOK_BACK]
    newest: dict[UUID, Progress] = {}
    for row in rows:
        newest.setdefault(row.series_id, row)
    unwanted = marks_of(viewer_id).not_interested
    last = [
        row
        for row in newest.values()
        if row.series_id not in unwanted and (row.completed or not row.skipped)
    ]
    following = _episodes_after([row for row in last if row.completed], viewer_id)
    wanted = {
        row.series_id: following.get(row.episode_id) if row.completed else row.episode_id
        for row in last
    }
    shown = shown_episodes([episode_id for episode_id in wanted.values() if episode_id is not None])
    known = {row.episode_id: row for row in rows}
    found = []
    for row in last:
        episode_id = wanted[row.series_id]
        if episode_id is not None and episode_id in shown:
            own = known.get(episode_id) or Progress(viewer_id=viewer_id, last_at=row.last_at)
            found.append((shown[episode_id], own))
    return found


def _episodes_after(finished: Sequence[Progress], viewer_id: UUID) -> dict[UUID, UUID]:
    """For each finished episode the one to go on with, if any. Three queries for any number."""
    series_ids = {row.series_id for row in finished}
    ways: dict[UUID, list[Choice]] = {}
    drawn: set[UUID] = set()
    for choice in Choice.objects.filter(series_id__in=series_ids):
        drawn.add(choice.series_id)
        ways.setdefault(choice.from_episode_id, []).append(choice)
    after: dict[UUID, UUID] = {}
    for row in finished:
        out = ways.get(row.episode_id, [])
        if len(out) == 1 and not out[0].text:
            after[row.episode_id] = out[0].to_episode_id
        elif out:
            after[row.episode_id] = row.episode_id
    straight = [row for row in finished if row.series_id not in drawn]
    return after | _numbers_after(straight, viewer_id)


def _numbers_after(finished: Sequence[Progress], viewer_id: UUID) -> dict[UUID, UUID]:
    numbers = dict(
        Episode.objects.filter(pk__in=[row.episode_id for row in finished]).values_list(
            "pk", "number"
        )
    )
    last = {row.series_id: row.episode_id for row in finished}
    if not last:
        return {}
    later = Q()
    for series_id, episode_id in last.items():
        later |= Q(series_id=series_id, number__gt=numbers[episode_id])
    done = Progress.objects.filter(viewer_id=viewer_id, episode=OuterRef("pk"), completed=True)
    shown = open_cuts(Cut.objects.filter(episode=OuterRef("pk")))
    following = Episode.objects.filter(later).filter(Exists(shown)).exclude(Exists(done))
    found = (
        following.order_by("series_id", "number")
        .distinct("series_id")
        .values_list("series_id", "pk")
    )
    return {last[series_id]: pk for series_id, pk in found}


def history_items(found: Sequence[tuple[Shown, Progress]]) -> list[dict[str, Any]]:
    """Shown episodes with a viewer's progress as pages show them."""
    series = series_cards(
        list({shown.episode.series_id: shown.episode.series for shown, _ in found}.values())
    )
    episodes = episode_cards([shown for shown, _ in found])
    return [
        {
            "series": series[shown.episode.series_id],
            "episode": episodes[shown.episode.pk],
            "watched_at": row.last_at,
            "position_ms": row.position_ms,
            "completed": row.completed,
        }
        for shown, row in found
    ]


def favourites_page(
    viewer_id: UUID, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Cards of the series that a viewer keeps and that are shown, latest first; and the next page's
    cursor.
    """
    some = open_cuts(Cut.objects.filter(episode__series=OuterRef("series")))
    rows = Favourite.objects.filter(Exists(some), viewer_id=viewer_id)
    rows = rows.select_related("series__creator").prefetch_related("series__genres")
    found, after = page_newest(rows, cursor=cursor, limit=limit)
    cards = series_cards([row.series for row in found])
    return [cards[row.series_id] for row in found], after


def following_page(
    viewer_id: UUID, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """The creators whom a viewer follows, latest first; and the next page's cursor."""
    rows: QuerySet[Follow] = Follow.objects.filter(viewer_id=viewer_id, creator__is_active=True)
    found, after = page_newest(rows.select_related("creator"), cursor=cursor, limit=limit)
    people = [row.creator for row in found]
    return [{"id": one.pk, "handle": one.handle, "display_name": one.name} for one in people], after
