"""Writes about what viewers say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from huaben.catalog.models import Speech
from huaben.catalog.selectors import PublishedEpisode
from huaben.catalog.speech import say, visible_to, was_shown
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem
from huaben.core.rooms import publish_event, retract_events
from huaben.watching.models import Comment, Danmaku

from .selectors import danmaku_of, danmaku_room, is_shown

COMMENT_CHARACTERS = 300
DANMAKU_CHARACTERS = 40


def write_comment(
    *,
    shown: PublishedEpisode,
    comment_id: UUID,
    author: Any,
    text: str,
    reply_to: UUID | None = None,
) -> Comment:
    """Say something under an episode that is shown, or answer a comment there; an answer to an
    answer stands beside it.

    The same words again under the same id change nothing. Raises what ``catalog.speech.say``
    raises, NotFound for a comment that the person cannot read or that stands elsewhere, Conflict
    when the id was used at another place.
    """
    episode = shown.episode
    with transaction.atomic():
        above: Comment | None = None
        if reply_to is not None:
            rows = Comment.objects.filter(
                visible_to(author), pk=reply_to, episode=episode
            ).select_related("reply_to")
            answered = rows.first()
            if answered is None:
                raise NotFound
            above = answered.reply_to or answered
        say(
            speech_id=comment_id,
            author=author,
            kind="comment",
            series=episode.series,
            text=text,
            most=COMMENT_CHARACTERS,
        )
        where = {"episode": episode, "reply_to": above}
        comment, _ = Comment.objects.get_or_create(pk=comment_id, defaults=where)
        if (comment.episode_id, comment.reply_to_id) != (episode.pk, above.pk if above else None):
            raise _elsewhere()
    return comment


def write_danmaku(
    *, shown: PublishedEpisode, danmaku_id: UUID, author: Any, text: str, position_ms: int
) -> Danmaku:
    """Say something over the picture of an episode that is shown, at a moment of it, in one line.

    The same again under the same id changes nothing. Raises what ``say`` raises, Problem for a
    moment that the film does not have, Conflict when the id was used at another place.
    """
    length = shown.cut.asset.duration_ms if shown.cut.asset else 0
    if not 0 <= position_ms <= length:
        title = LocalizedText("这一刻不在片内", "The film has no such moment")
        raise Problem(
            "bad_position", title, errors=[{"field": "position_ms", "message": title.localized()}]
        )
    episode = shown.episode
    with transaction.atomic():
        say(
            speech_id=danmaku_id,
            author=author,
            kind="danmaku",
            series=episode.series,
            text=" ".join(text.split()),
            most=DANMAKU_CHARACTERS,
        )
        where = {"episode": episode, "position_ms": position_ms}
        danmaku, _ = Danmaku.objects.get_or_create(pk=danmaku_id, defaults=where)
        if (danmaku.episode_id, danmaku.position_ms) != (episode.pk, position_ms):
            raise _elsewhere()
    return danmaku


def tell_room(*, speech: Speech) -> None:
    """Tell those who watch the same episode of a danmaku that is shown now, or that is not shown
    any more.

    Once it is gone, no event of the room holds its words. Nothing is told while the gate is shut.
    """
    danmaku = danmaku_of(speech.pk)
    if danmaku is None:
        return
    room = danmaku_room(danmaku.episode_id)
    one = {"id": str(speech.pk)}
    if speech.state == Speech.State.SHOWN:
        if is_shown(danmaku.episode_id):
            seen = {**one, "text": speech.text, "position_ms": danmaku.position_ms}
            publish_event(room, {"kind": "danmaku", "danmaku": seen})
        return
    retract_events(room, {"danmaku": one})
    if was_shown(speech):
        publish_event(room, {"kind": "gone", **one})


def _elsewhere() -> Conflict:
    return Conflict(
        "speech_id_used", LocalizedText("这个标识已用于另一处", "This id was used at another place")
    )
