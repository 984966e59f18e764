"""Where a remark was said, for whoever checks it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from huaben.catalog.speech import Place, register_places
from huaben.watching.models import Comment, Danmaku


def _of_comments(speech_ids: Sequence[UUID]) -> dict[UUID, Place]:
    rows = Comment.objects.filter(pk__in=speech_ids).select_related("episode", "reply_to__speech")
    return {
        row.pk: Place(episode=row.episode, answers=row.reply_to.speech.text if row.reply_to else "")
        for row in rows
    }


def _of_danmaku(speech_ids: Sequence[UUID]) -> dict[UUID, Place]:
    rows = Danmaku.objects.filter(pk__in=speech_ids).select_related("episode")
    return {row.pk: Place(episode=row.episode, position_ms=row.position_ms) for row in rows}


register_places("comment", _of_comments)
register_places("danmaku", _of_danmaku)
