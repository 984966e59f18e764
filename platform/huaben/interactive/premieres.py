"""Putting premieres on the programme, and taking them off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from huaben.catalog.models import Series
from huaben.catalog.selectors import list_published_episodes
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem
from huaben.core.rooms import publish_event

from .clock import room_of, stop_premiere
from .models import Premiere

# People may come in and wait this long before it starts.
DOORS_OPEN = timedelta(minutes=15)
FURTHEST = timedelta(days=60)
VOTE_SECONDS = (10, 60)

Ending = Premiere.Ending
ENDINGS = {
    Ending.FINISHED: LocalizedText("戏演完了", "The play is over"),
    Ending.CALLED_OFF: LocalizedText(
        "主人家取消了这场首映", "The host has called this premiere off"
    ),
    Ending.TAKEN_DOWN: LocalizedText(
        "这部戏撤下了，首映到此为止", "The play was taken down, and the premiere with it"
    ),
    Ending.NO_WAY_ON: LocalizedText(
        "往下的几支都撤下了，首映到此为止", "Every way on was taken down; the premiere ends here"
    ),
    Ending.HOUSE_AWAY: LocalizedText(
        "茶馆停了太久，这场首映散了", "The house was away for too long; this premiere has broken up"
    ),
    Ending.TOO_LONG: LocalizedText(
        "这一场演得太长，到此为止", "This has gone on for too long and ends here"
    ),
}


def schedule_premiere(
    *, series: Series, host: Any, starts_at: datetime, now: datetime, vote_seconds: int = 20
) -> Premiere:
    """Put a premiere of a series on the programme.

    Raises Problem naming the field for a start that is past or more than 60 days ahead, or a vote
    that is not 10 to 60 seconds; Conflict when nothing of the series is shown yet or another
    premiere of it is still to come.
    """
    errors = []
    if starts_at <= now:
        errors.append(("starts_at", LocalizedText("要在将来", "It must lie ahead")))
    elif starts_at > now + FURTHEST:
        errors.append(("starts_at", LocalizedText("最多提前 60 天", "At most 60 days ahead")))
    if not VOTE_SECONDS[0] <= vote_seconds <= VOTE_SECONDS[1]:
        errors.append(
            ("vote_seconds", LocalizedText("要在 10 到 60 秒之间", "It must be 10 to 60 seconds"))
        )
    if errors:
        raise Problem(
            "bad_premiere",
            LocalizedText("首映没有排上", "The premiere was not scheduled"),
            errors=[{"field": field, "message": words.localized()} for field, words in errors],
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
                phase_started_at=now,
                phase_ends_at=starts_at,
            )
            publish_event(room_of(premiere.pk), {"kind": "premiere", "seq": premiere.seq})
    except IntegrityError as error:
        raise Conflict(
            "premiere_already",
            LocalizedText(
                "这部剧已经排了一场首映", "A premiere of this series is on the programme already"
            ),
        ) from error
    return premiere


def cancel_premiere(*, premiere_id: UUID, now: datetime) -> Premiere:
    """Call a premiere off, also while it runs. One that is called off already stays so; one that
    has ended is a Conflict.
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
            stop_premiere(premiere, Ending.CALLED_OFF, now)
    return premiere
