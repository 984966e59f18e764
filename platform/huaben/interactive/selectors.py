"""Reads about play-throughs and premieres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from huaben.catalog.gate import open_cuts
from huaben.catalog.models import Choice, Cut
from huaben.catalog.selectors import PublishedEpisode, published_series
from huaben.core.problems import NotFound

from .models import Playthrough, Premiere, Presence, Step, Turn, Vote

# A process that did not report its viewers for so long counts for none.
PRESENCE_LIFETIME = timedelta(seconds=12)


@dataclass(frozen=True)
class ChoiceVotes:
    """A choice with its votes in one round."""

    choice: Choice
    votes: int


def find_playthrough(*, playthrough_id: UUID, viewer_id: UUID) -> Playthrough:
    """A viewer's own play-through. Raises NotFound."""
    rows = Playthrough.objects.select_related("episode")
    playthrough = rows.filter(pk=playthrough_id, viewer_id=viewer_id).first()
    if playthrough is None:
        raise NotFound
    return playthrough


def list_steps(playthrough: Playthrough) -> list[Step]:
    """The steps of a play-through, first to last."""
    return list(playthrough.steps.order_by("seq"))


def list_turns(premiere: Premiere) -> list[Turn]:
    """The turns that a premiere took, first to last, with their episodes loaded."""
    return list(premiere.turns.select_related("episode"))


def find_premiere(premiere_id: UUID) -> Premiere:
    """A premiere. Raises NotFound."""
    premiere = Premiere.objects.filter(pk=premiere_id).first()
    if premiere is None:
        raise NotFound
    return premiere


def find_playing_episode(premiere: Premiere) -> PublishedEpisode | None:
    """The episode that plays, with the Cut; None when none does or the gate is closed on it."""
    if premiere.cut_id is None or not premiere.is_open:
        return None
    rows = Cut.objects.filter(pk=premiere.cut_id).select_related("asset", "episode")
    cut = open_cuts(rows).first()
    return PublishedEpisode(cut.episode, cut) if cut else None


def list_programme(*, series_id: UUID | None = None) -> QuerySet[Premiere]:
    """Premieres that are to come or under way, of series that are shown; or of one series only."""
    rows = Premiere.objects.filter(
        state__in=Premiere.OPEN, series__in=published_series().order_by().values("pk")
    )
    return rows if series_id is None else rows.filter(series_id=series_id)


def find_vote(*, premiere: Premiere, viewer_id: UUID) -> Vote | None:
    """A viewer's vote in the present round."""
    return Vote.objects.filter(premiere=premiere, round=premiere.round, viewer_id=viewer_id).first()


def count_votes(premiere: Premiere, choices: Sequence[Choice]) -> list[ChoiceVotes]:
    """The votes of the present round for each of these choices, in their order. One query.

    Votes for a choice that is not among them any more do not count.
    """
    rows = (
        premiere.votes.filter(round=premiere.round).values("choice_id").annotate(votes=Count("pk"))
    )
    votes = {row["choice_id"]: row["votes"] for row in rows}
    return [ChoiceVotes(choice, votes.get(choice.pk, 0)) for choice in choices]


def count_viewers(premiere_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, int]:
    """Roughly how many viewers each of these premieres has; one without any is left out.

    The sum of what each web process reported last. A viewer who is connected to two processes
    counts twice. One query.
    """
    rows = Presence.objects.filter(
        premiere_id__in=premiere_ids, seen_at__gt=now - PRESENCE_LIFETIME
    )
    return {
        row["premiere_id"]: row["sum"]
        for row in rows.values("premiere_id").annotate(sum=Sum("viewers"))
    }
