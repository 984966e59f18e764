"""Writes of comments and danmaku."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from huaben.accounts.models import User
from huaben.catalog.selectors import PublishedEpisode
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem
from huaben.core.rooms import publish_event, retract_events
from huaben.speech.models import Speech
from huaben.speech.selectors import is_readable_by, was_ever_public
from huaben.speech.services.submission import submit_speech

from ..models import Comment, Danmaku
from ..selectors.comments import danmaku_room, get_danmaku, is_published

MAX_COMMENT_LENGTH = 300
MAX_DANMAKU_LENGTH = 40


def create_comment(
    *,
    published: PublishedEpisode,
    comment_id: UUID,
    author: User,
    text: str,
    reply_to: UUID | None = None,
) -> Comment:
    """Say something under a published episode, or answer a comment there; an answer to an answer
    stands beside it.

    The same text again under the same id changes nothing. Raises what ``submit_speech`` raises,
    NotFound for a comment that the person cannot read or that stands elsewhere, Conflict when the
    id was used at another place.
    """
    episode = published.episode
    with transaction.atomic():
        parent: Comment | None = None
        if reply_to is not None:
            rows = Comment.objects.filter(
                is_readable_by(author), pk=reply_to, episode=episode
            ).select_related("reply_to")
            answered = rows.first()
            if answered is None:
                raise NotFound
            parent = answered.reply_to or answered
        submit_speech(
            speech_id=comment_id,
            author=author,
            kind="comment",
            series=episode.series,
            text=text,
            max_length=MAX_COMMENT_LENGTH,
        )
        comment, _ = Comment.objects.get_or_create(
            pk=comment_id, defaults={"episode": episode, "reply_to": parent}
        )
        if (comment.episode_id, comment.reply_to_id) != (episode.pk, parent.pk if parent else None):
            raise _id_used_elsewhere()
    return comment


def create_danmaku(
    *, published: PublishedEpisode, danmaku_id: UUID, author: User, text: str, position_ms: int
) -> Danmaku:
    """Say something over the picture of a published episode, at a moment of it, in one line.

    The same again under the same id changes nothing. Raises what ``submit_speech`` raises, Problem
    for a moment that the film does not have, Conflict when the id was used at another place.
    """
    length = published.cut.asset.duration_ms if published.cut.asset else 0
    if not 0 <= position_ms <= length:
        title = LocalizedText("这一刻不在片内", "The film has no such moment")
        raise Problem(
            "bad_position", title, errors=[{"field": "position_ms", "message": title.localized()}]
        )
    episode = published.episode
    with transaction.atomic():
        submit_speech(
            speech_id=danmaku_id,
            author=author,
            kind="danmaku",
            series=episode.series,
            text=" ".join(text.split()),
            max_length=MAX_DANMAKU_LENGTH,
        )
        danmaku, _ = Danmaku.objects.get_or_create(
            pk=danmaku_id, defaults={"episode": episode, "position_ms": position_ms}
        )
        if (danmaku.episode_id, danmaku.position_ms) != (episode.pk, position_ms):
            raise _id_used_elsewhere()
    return danmaku


def publish_danmaku(*, speech: Speech) -> None:
    """Publish to those who watch the same episode that a danmaku is shown now, or is not shown any
    more.

    Once it is gone, no event of the room holds its text. Nothing is published while the gate is
    shut.
    """
    danmaku = get_danmaku(speech.pk)
    if danmaku is None:
        return
    room = danmaku_room(danmaku.episode_id)
    key = {"id": str(speech.pk)}
    if speech.state == Speech.State.SHOWN:
        if is_published(danmaku.episode_id):
            card = {**key, "text": speech.text, "position_ms": danmaku.position_ms}
            publish_event(room, {"kind": "danmaku", "danmaku": card})
        return
    retract_events(room, {"danmaku": key})
    if was_ever_public(speech):
        publish_event(room, {"kind": "gone", **key})


def _id_used_elsewhere() -> Conflict:
    return Conflict(
        "speech_id_used", LocalizedText("这个标识已用于另一处", "This id was used at another place")
    )
