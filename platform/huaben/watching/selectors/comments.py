"""Reads of comments and danmaku. Each list passes the gate and the check of speech in its own
query.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from huaben.catalog.gate import open_cuts
from huaben.catalog.models import Cut, Episode
from huaben.core.localized import LocalizedText
from huaben.core.pagination import page_by_time
from huaben.core.problems import NotFound, Problem
from huaben.core.types import Requester
from huaben.speech.models import Speech
from huaben.speech.selectors import is_public, is_readable_by

from ..models import Comment, Danmaku

# Answers that come with a comment; the rest are asked for.
MAX_FIRST_REPLIES = 3
# The picture has room for no more: at most so many danmaku in each window, spread evenly over it.
WINDOW_MS = 30_000
MAX_DANMAKU_IN_WINDOW = 200
MAX_STRETCH_MS = 10 * WINDOW_MS


@dataclass(frozen=True)
class FirstReplies:
    """The first answers to a comment, and how many there are."""

    first: list[Comment]
    count: int


def is_published(episode_id: UUID) -> bool:
    """Whether an episode may be shown this moment. One query."""
    return Episode.objects.filter(_published("pk"), pk=episode_id).exists()


def danmaku_room(episode_id: UUID) -> str:
    """The room of those who watch an episode."""
    return f"danmaku:{episode_id}"


def get_danmaku(speech_id: UUID) -> Danmaku | None:
    """The danmaku that a text is, if it is one."""
    return Danmaku.objects.filter(pk=speech_id).first()


def find_comment(comment_id: UUID, user: Requester) -> Comment:
    """A comment that the person can read. Raises NotFound."""
    comment = _readable_comments(user).filter(pk=comment_id).first()
    if comment is None:
        raise NotFound
    return comment


def list_comments(
    episode_id: UUID, user: Requester, *, cursor: str | None, limit: int
) -> tuple[list[Comment], str | None]:
    """A page of an episode's comments, newest first; and the next page's cursor. Others' are those
    that are shown, one's own all that are not withdrawn.
    """
    rows = _readable_comments(user).filter(episode=episode_id, reply_to=None)
    return page_by_time(rows, cursor=cursor, limit=limit)


def list_replies(
    comment_id: UUID, user: Requester, *, cursor: str | None, limit: int
) -> tuple[list[Comment], str | None]:
    """A page of the answers to a comment, oldest first. Raises NotFound for a comment that the
    person cannot read.
    """
    if not _readable_comments(user).filter(pk=comment_id, reply_to=None).exists():
        raise NotFound
    rows = _readable_comments(user).filter(reply_to=comment_id)
    return page_by_time(rows, cursor=cursor, limit=limit, newest_first=False)


def get_first_replies(comments: Sequence[Comment], user: Requester) -> dict[UUID, FirstReplies]:
    """The first answers to each comment that has any, by its id. One query."""
    rows = (
        _readable_comments(user)
        .filter(reply_to__in=[comment.pk for comment in comments])
        .annotate(
            place=Window(RowNumber(), partition_by=["reply_to"], order_by=["created_at", "pk"]),
            count=Window(Count("*"), partition_by=["reply_to"]),
        )
        .filter(place__lte=MAX_FIRST_REPLIES)
    )
    replies: dict[UUID, FirstReplies] = {}
    for row in rows.order_by("created_at", "pk"):
        assert row.reply_to_id is not None
        replies.setdefault(row.reply_to_id, FirstReplies([], row.count)).first.append(row)
    return replies


def count_comments(episode_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many comments and answers everybody can read under each of these episodes; one without
    any is left out.

    The caller asks the gate: only published episodes are passed in. One query.
    """
    comment_public = Q(reply_to=None) | is_public("reply_to__speech")
    rows = Comment.objects.filter(comment_public, is_public(), episode__in=list(episode_ids))
    return dict(rows.order_by().values_list("episode").annotate(count=Count("pk")))


def list_danmaku(episode_id: UUID, user: Requester, *, from_ms: int, to_ms: int) -> list[Danmaku]:
    """The danmaku of a stretch of an episode in the order of their moments; one's own also while
    they wait.

    From each window of ``WINDOW_MS`` at most ``MAX_DANMAKU_IN_WINDOW``, every n-th of them. Raises
    Problem for an empty stretch or one longer than ``MAX_STRETCH_MS``. One query.
    """
    if not 0 <= from_ms < to_ms or to_ms - from_ms > MAX_STRETCH_MS:
        seconds = MAX_STRETCH_MS // 1000
        title = LocalizedText(f"一次最多 {seconds} 秒", f"At most {seconds} seconds at a time")
        raise Problem(
            "bad_stretch", title, errors=[{"field": "to_ms", "message": title.localized()}]
        )
    window = F("position_ms") / WINDOW_MS
    order = [F("position_ms").asc(), F("speech").asc()]
    rows = (
        Danmaku.objects.filter(
            _published(), is_readable_by(user), ~Q(speech__state=Speech.State.REFUSED)
        )
        .filter(episode=episode_id, position_ms__gte=from_ms, position_ms__lt=to_ms)
        .annotate(place=Window(RowNumber(), partition_by=[window], order_by=order))
        .annotate(among=Window(Count("*"), partition_by=[window]))
        # Every n-th: where the place, in shares of the window's room, passes a whole number.
        .annotate(
            until=F("place") * MAX_DANMAKU_IN_WINDOW / F("among"),
            since=(F("place") - 1) * MAX_DANMAKU_IN_WINDOW / F("among"),
        )
        .filter(Q(among__lte=MAX_DANMAKU_IN_WINDOW) | Q(until__gt=F("since")))
        .select_related("speech")
        .order_by("position_ms", "speech")
    )
    return list(rows)


def _published(episode: str = "episode") -> Exists:
    return Exists(open_cuts(Cut.objects.filter(episode=OuterRef(episode))))


def _readable_comments(user: Requester) -> QuerySet[Comment]:
    rows = Comment.objects.filter(_published(), is_readable_by(user))
    return rows.select_related("speech__author")
