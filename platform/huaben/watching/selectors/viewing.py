"""Reads about watching. What a viewer gets back of it comes through the publishing gate, like
everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from huaben.accounts.models import User
from huaben.catalog.gate import open_cuts
from huaben.catalog.models import Choice, Cut, Episode, Series
from huaben.catalog.selectors import PublishedEpisode, get_published_episodes, published_series
from huaben.core.pagination import page_by_time, page_newest
from huaben.core.problems import NotFound

from ..models import Favourite, Follow, NotInterested, Progress

# How far back “continue watching” looks, in episodes.
MAX_EPISODES_LOOKED_BACK = 500


@dataclass(frozen=True)
class ViewerMarks:
    """What a viewer has said about series and creators, and which series they began: ids, and when.
    ``seen``: an episode of the series was begun, and when one was last watched.
    """

    favourites: dict[UUID, datetime]
    not_interested: dict[UUID, datetime]
    following: dict[UUID, datetime]
    seen: dict[UUID, datetime]


_VIEWER_MARKS = """
select 'favourite', series_id, created_at from watching_favourite where viewer_id = %(viewer)s
union all select 'not_interested', series_id, created_at
from watching_notinterested where viewer_id = %(viewer)s
union all select 'following', creator_id, created_at
from watching_follow where viewer_id = %(viewer)s
union all select 'seen', series_id, max(last_at)
from watching_progress where viewer_id = %(viewer)s group by series_id
"""


def get_viewer_marks(viewer_id: UUID) -> ViewerMarks:
    """A viewer's marks on series and creators, and the series they began. One query."""
    found: dict[str, dict[UUID, datetime]] = {
        "favourite": {},
        "not_interested": {},
        "following": {},
        "seen": {},
    }
    with connection.cursor() as cursor:
        cursor.execute(_VIEWER_MARKS, {"viewer": viewer_id})
        for mark, subject, at in cursor.fetchall():
            found[mark][subject] = at
    return ViewerMarks(
        found["favourite"], found["not_interested"], found["following"], found["seen"]
    )


def is_favourite(*, viewer_id: UUID, series: Series) -> bool:
    """Whether a viewer keeps a series."""
    return Favourite.objects.filter(viewer_id=viewer_id, series=series).exists()


def is_not_interested(*, viewer_id: UUID, series: Series) -> bool:
    """Whether a viewer wants to see nothing of a series."""
    return NotInterested.objects.filter(viewer_id=viewer_id, series=series).exists()


def is_following(*, viewer_id: UUID, creator_id: UUID) -> bool:
    """Whether a viewer follows a creator."""
    return Follow.objects.filter(viewer_id=viewer_id, creator_id=creator_id).exists()


def recent_progress(viewer_id: UUID, limit: int) -> list[Progress]:
    """What a viewer watched last, newest first, with the series' title loaded; also of what is not
    shown any more.
    """
    rows = Progress.objects.filter(viewer_id=viewer_id).select_related("series")
    fields = [field.attname for field in Progress._meta.concrete_fields]
    return list(rows.only(*fields, "series__title").order_by("-last_at", "-id")[:limit])


def find_published_creator(creator_id: UUID) -> User:
    """A creator of whom something may be shown. Raises NotFound: others do not exist for
    viewers.
    """
    creator = User.objects.filter(pk=creator_id, is_active=True).first()
    if creator is None or not published_series(Series.objects.filter(creator=creator)).exists():
        raise NotFound
    return creator


WatchedEpisode = tuple[PublishedEpisode, Progress]


def list_history(
    viewer_id: UUID, *, cursor: str | None, limit: int
) -> tuple[list[WatchedEpisode], str | None]:
    """What a viewer watched, newest first, of what is still shown; and the next page's cursor."""
    rows = Progress.objects.filter(
        Exists(open_cuts(Cut.objects.filter(episode=OuterRef("episode")))), viewer_id=viewer_id
    )
    found, after = page_by_time(rows, cursor=cursor, limit=limit, field="last_at")
    published = get_published_episodes([row.episode_id for row in found])
    return [(published[row.episode_id], row) for row in found if row.episode_id in published], after


def list_continue_watching(viewer_id: UUID) -> list[WatchedEpisode]:
    """Where a viewer may go on, newest series first: the unfinished episode, or the one after the
    finished.

    A finished episode that ends in a choice stands for itself: the choice is still to be made. A
    series that was skipped last, or is not wanted, or is watched to its end, is left out. The
    Progress is that of the episode given, or an empty one.
    """
    rows = Progress.objects.filter(viewer_id=viewer_id).order_by("-last_at", "-id")[
        :MAX_EPISODES_LOOKED_BACK
    ]
    newest: dict[UUID, Progress] = {}
    for row in rows:
        newest.setdefault(row.series_id, row)
    unwanted = get_viewer_marks(viewer_id).not_interested
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
    shown = get_published_episodes(
        [episode_id for episode_id in wanted.values() if episode_id is not None]
    )
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


def list_favourites(
    viewer_id: UUID, *, cursor: str | None, limit: int
) -> tuple[list[Series], str | None]:
    """The series that a viewer keeps and that are shown, latest first, with genres and creator
    loaded; and the next page's cursor.
    """
    published = open_cuts(Cut.objects.filter(episode__series=OuterRef("series")))
    rows = Favourite.objects.filter(Exists(published), viewer_id=viewer_id)
    rows = rows.select_related("series__creator").prefetch_related("series__genres")
    found, after = page_newest(rows, cursor=cursor, limit=limit)
    return [row.series for row in found], after


def list_followed_creators(
    viewer_id: UUID, *, cursor: str | None, limit: int
) -> tuple[list[User], str | None]:
    """The creators whom a viewer follows, latest first; and the next page's cursor."""
    rows = Follow.objects.filter(viewer_id=viewer_id, creator__is_active=True)
    found, after = page_newest(rows.select_related("creator"), cursor=cursor, limit=limit)
    return [row.creator for row in found], after
