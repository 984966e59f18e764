"""Reads about play-throughs, and about what premieres are on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from huaben.catalog.models import Series
from huaben.catalog.presenters import (
    EpisodeCard,
    present_episode_cards,
    present_playbacks,
    present_series_cards,
)
from huaben.catalog.selectors import get_next_published, get_published_episodes, published_series
from huaben.core.pagination import bad_cursor, decode_cursor, encode_cursor, page_newest
from huaben.core.problems import NotFound

from .models import Playthrough, Premiere
from .premieres import DOORS_OPEN, ENDINGS
from .presence import viewers_present
from .ways import open_choices


def find_playthrough(*, playthrough_id: UUID, viewer_id: UUID) -> Playthrough:
    """One's own play-through, or NotFound."""
    found = (
        Playthrough.objects.select_related("episode")
        .filter(pk=playthrough_id, viewer_id=viewer_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def state_of(playthrough: Playthrough) -> dict[str, Any]:
    """Everything a page needs to go on from here, also after days.

    ``playback`` is None when the present episode may no longer be shown. ``upcoming`` is what may follow, by episode id,
    so that the next branch starts without a wait.
    """
    choices = open_choices(playthrough.episode, playthrough.variables)
    following = None if choices else get_next_published(playthrough.episode)
    ahead = [choice.to_episode_id for choice in choices] + (
        [following.episode.pk] if following else []
    )
    shown = get_published_episodes([playthrough.episode_id, *ahead])
    cards, playbacks = (
        present_episode_cards(list(shown.values())),
        present_playbacks(list(shown.values())),
    )
    episode = playthrough.episode
    card = cards.get(episode.pk) or EpisodeCard(
        id=episode.pk,
        series_id=episode.series_id,
        number=episode.number,
        title=episode.title,
        duration_ms=0,
        has_choices=bool(choices),
    )
    return {
        "id": playthrough.pk,
        "series_id": playthrough.series_id,
        "seq": playthrough.seq,
        "episode": card,
        "playback": playbacks.get(episode.pk),
        "choices": [
            {
                "id": c.pk,
                "text": c.text,
                "seal": c.seal or c.text[:1],
                "to_episode_id": c.to_episode_id,
            }
            for c in choices
        ],
        "upcoming": [playbacks[pk] for pk in ahead if pk in playbacks],
        "variables": playthrough.variables,
        "ended": playthrough.ended,
        "path": [
            {"episode_id": step.episode_id, "choice_id": step.choice_id}
            for step in playthrough.steps.order_by("seq")
        ],
    }


def find_premiere(premiere_id: UUID) -> Premiere:
    """A premiere, or NotFound."""
    found = Premiere.objects.filter(pk=premiere_id).first()
    if found is None:
        raise NotFound
    return found


def premiere_cards(
    series_ids: Sequence[UUID], now: datetime | None = None
) -> dict[UUID, dict[str, Any]]:
    """For each of these series the premiere that is to come or under way, if there is one; the
    caller has asked the gate. Two queries.

    Keys: ``id``, ``series_id``, ``phase``, ``starts_at``, ``doors_open_at``, ``vote_seconds``,
    ``present``, ``ending``.
    """
    found = list(Premiere.objects.filter(state__in=Premiere.OPEN, series_id__in=list(series_ids)))
    cards = cards_of(found, now or timezone.now())
    return {premiere.series_id: cards[premiere.pk] for premiere in found}


def cards_of(premieres: Sequence[Premiere], now: datetime) -> dict[UUID, dict[str, Any]]:
    """Premieres as lists show them, by their ids. One query."""
    present = viewers_present([premiere.pk for premiere in premieres], now)
    return {
        premiere.pk: {
            "id": premiere.pk,
            "series_id": premiere.series_id,
            "phase": premiere.state,
            "starts_at": premiere.starts_at,
            "doors_open_at": premiere.starts_at - DOORS_OPEN,
            "vote_seconds": premiere.vote_seconds,
            "present": present.get(premiere.pk, 0),
            "ending": ENDINGS[Premiere.Ending(premiere.ending)].as_dict()
            if premiere.ending
            else None,
        }
        for premiere in premieres
    }


def programme_page(
    now: datetime, *, cursor: str | None, limit: int, series_id: UUID | None = None
) -> tuple[list[dict[str, Any]], str | None]:
    """Premieres that are to come or under way, of series that are shown, in the order in which they
    start; each with its series' card. Eight queries for any number."""
    rows = Premiere.objects.filter(
        state__in=Premiere.OPEN, series__in=published_series().order_by().values("pk")
    ).order_by("starts_at", "id")
    if series_id is not None:
        rows = rows.filter(series_id=series_id)
    if cursor:
        try:
            starts_at, last = decode_cursor(cursor)
            rows = rows.filter(Q(starts_at__gt=starts_at) | Q(starts_at=starts_at, id__gt=last))
        except (ValidationError, TypeError, ValueError) as error:
            raise bad_cursor() from error
    found = list(rows[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    series = published_series(
        Series.objects.filter(pk__in=[premiere.series_id for premiere in found])
    )
    books, cards = present_series_cards(list(series)), cards_of(found, now)
    page = [
        cards[one.pk] | {"series": books[one.series_id]} for one in found if one.series_id in books
    ]
    return page, encode_cursor([found[-1].starts_at, found[-1].pk]) if more else None


def premieres_of(
    series: Series, now: datetime, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Every premiere of a series, newest first, for its creator."""
    found, after = page_newest(Premiere.objects.filter(series=series), cursor=cursor, limit=limit)
    cards = cards_of(found, now)
    return [cards[premiere.pk] for premiere in found], after
