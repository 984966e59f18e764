"""Where comments and danmaku were said, for the moderators' list."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from huaben.speech.contexts import SpeechContext, speech_contexts

from .models import Comment, Danmaku


@speech_contexts.register("comment")
def get_comment_contexts(speech_ids: Sequence[UUID]) -> dict[UUID, SpeechContext]:
    rows = Comment.objects.filter(pk__in=speech_ids).select_related("episode", "reply_to__speech")
    return {
        row.pk: SpeechContext(
            episode=row.episode, in_reply_to=row.reply_to.speech.text if row.reply_to else ""
        )
        for row in rows
    }


@speech_contexts.register("danmaku")
def get_danmaku_contexts(speech_ids: Sequence[UUID]) -> dict[UUID, SpeechContext]:
    rows = Danmaku.objects.filter(pk__in=speech_ids).select_related("episode")
    return {row.pk: SpeechContext(episode=row.episode, position_ms=row.position_ms) for row in rows}
