"""Where a remark was said, for whoever checks it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from huaben.catalog.speech import Place, speech_places
from huaben.watching.models import Comment, Danmaku


@speech_places.register("comment")
def places_of_comments(speech_ids: Sequence[UUID]) -> dict[UUID, Place]:
    rows = Comment.objects.filter(pk__in=speech_ids).select_related("episode", "reply_to__speech")
    return {
        row.pk: Place(episode=row.episode, answers=row.reply_to.speech.text if row.reply_to else "")
        for row in rows
    }


@speech_places.register("danmaku")
def places_of_danmaku(speech_ids: Sequence[UUID]) -> dict[UUID, Place]:
    rows = Danmaku.objects.filter(pk__in=speech_ids).select_related("episode")
    return {row.pk: Place(episode=row.episode, position_ms=row.position_ms) for row in rows}
