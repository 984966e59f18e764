"""Scheduling premieres, and calling them off."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from huaben.accounts.models import User
from huaben.catalog.models import Series
from huaben.catalog.selectors import list_published_episodes
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem
from huaben.core.rooms import publish_event

from ..models import MAX_VOTE_SECONDS, MIN_VOTE_SECONDS, Premiere, VoteRule
from .phases import room_of_premiere, stop_premiere

MAX_SCHEDULED_AHEAD = timedelta(days=60)


def schedule_premiere(
    *,
    series: Series,
    host: User,
    starts_at: datetime,
    now: datetime,
    vote_seconds: int = 20,
    vote_rule: str = VoteRule.OPEN,
) -> Premiere:
    """Schedule a premiere of a series. Who may vote (``vote_rule``) is fixed with it.

    Raises Problem naming the field for a start that is past or more than 60 days ahead, or a vote
    that is not 10 to 60 seconds; Conflict when nothing of the series is shown yet or another
    premiere of it is still to come.
    """
    errors = []
    if starts_at <= now:
        errors.append(("starts_at", LocalizedText("要在将来", "It must lie ahead")))
    elif starts_at > now + MAX_SCHEDULED_AHEAD:
        errors.append(("starts_at", LocalizedText("最多提前 60 天", "At most 60 days ahead")))
    if not MIN_VOTE_SECONDS <= vote_seconds <= MAX_VOTE_SECONDS:
        errors.append(
            ("vote_seconds", LocalizedText("要在 10 到 60 秒之间", "It must be 10 to 60 seconds"))
        )
    if errors:
        raise Problem(
            "bad_premiere",
            LocalizedText("首映没有排上", "The premiere was not scheduled"),
            errors=[{"field": field, "message": message.localized()} for field, message in errors],
        )
    if not list_published_episodes(series):
        raise Conflict(
            "nothing_shown",
            LocalizedText(
                "先让第一集公开，再排首映",
                "Its first episode must be shown before a premiere can be scheduled",
            ),
        )
    try:
        with transaction.atomic():
            premiere = Premiere.objects.create(
                series=series,
                host=host,
                starts_at=starts_at,
                vote_seconds=vote_seconds,
                vote_rule=vote_rule,
                phase_started_at=now,
                phase_ends_at=starts_at,
            )
            publish_event(room_of_premiere(premiere.pk), {"kind": "premiere", "seq": premiere.seq})
    except IntegrityError as error:
        raise Conflict(
            "premiere_already",
            LocalizedText(
                "这部剧已经排了一场首映", "A premiere of this series is on the programme already"
            ),
        ) from error
    return premiere


def cancel_premiere(*, premiere_id: UUID, now: datetime) -> Premiere:
    """Call a premiere off, also while it runs. Again changes nothing.

    Raises NotFound for one that does not exist, Conflict for one that has ended.
    """
    with transaction.atomic():
        premiere = Premiere.objects.select_for_update(of=("self",)).filter(pk=premiere_id).first()
        if premiere is None:
            raise NotFound
        if premiere.state == Premiere.State.ENDED:
            raise Conflict(
                "premiere_over", LocalizedText("这场首映已经结束", "This premiere is over")
            )
        if premiere.is_open:
            stop_premiere(premiere=premiere, ending=Premiere.Ending.CALLED_OFF, now=now)
    return premiere
