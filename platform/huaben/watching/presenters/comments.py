"""Comments and danmaku as their readers and authors see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from huaben.core.responses import described
from huaben.core.types import Requester
from huaben.speech.models import Speech
from huaben.speech.presenters import SpeechCard, present_speech

from ..models import Comment, Danmaku
from ..selectors.comments import FirstReplies


@dataclass(frozen=True, kw_only=True)
class Reply(SpeechCard):
    """An answer to a comment."""

    episode_id: UUID
    reply_to: UUID | None


@dataclass(frozen=True, kw_only=True)
class CommentCard(Reply):
    """A comment with its first answers."""

    replies: list[Reply]
    reply_count: int = field(metadata=described("All answers that the reader may read."))


@dataclass(frozen=True, kw_only=True)
class CommentPage:
    """A page of an episode's comments."""

    results: list[CommentCard]
    next_cursor: str | None
    count: int = field(metadata=described("Comments and answers that everybody can read."))


@dataclass(frozen=True, kw_only=True)
class DanmakuCard:
    """A text over the picture."""

    id: UUID
    text: str
    position_ms: int
    state: Speech.State
    mine: bool


@dataclass(frozen=True, kw_only=True)
class DanmakuStretch:
    """The danmaku of a stretch, in the order of their moments."""

    results: list[DanmakuCard]
    after: int = field(
        metadata=described("Listen to the room danmaku:{episode_id} after this event.")
    )


def present_reply(comment: Comment, user: Requester) -> Reply:
    """An answer to a comment; its speech and author must be loaded."""
    return Reply(
        **vars(present_speech(comment.speech, user)),
        episode_id=comment.episode_id,
        reply_to=comment.reply_to_id,
    )


def present_comments(
    comments: Sequence[Comment], replies: Mapping[UUID, FirstReplies], user: Requester
) -> list[CommentCard]:
    """Comments, each with its first answers; speeches and authors must be loaded."""
    return [_comment(comment, replies.get(comment.pk), user) for comment in comments]


def _comment(comment: Comment, replies: FirstReplies | None, user: Requester) -> CommentCard:
    return CommentCard(
        **vars(present_reply(comment, user)),
        replies=[present_reply(reply, user) for reply in replies.first] if replies else [],
        reply_count=replies.count if replies else 0,
    )


def present_danmaku(danmaku: Danmaku, user: Requester) -> DanmakuCard:
    """A danmaku; its speech must be loaded."""
    speech = danmaku.speech
    return DanmakuCard(
        id=speech.pk,
        text=speech.text,
        position_ms=danmaku.position_ms,
        state=Speech.State(speech.state),
        mine=bool(user.is_authenticated and speech.author_id == user.pk),
    )
