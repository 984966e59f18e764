"""Reads of what viewers say. Each list passes the gate and the door for words in its own query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from huaben.catalog.gate import open_cuts
from huaben.catalog.models import Cut, Episode, Speech
from huaben.catalog.selectors import PublishedEpisode, get_published_episodes
from huaben.catalog.speech import shown, speech_view, visible_to
from huaben.core.localized import LocalizedText
from huaben.core.pagination import decode_cursor, encode_cursor
from huaben.core.problems import NotFound, Problem
from huaben.watching.models import Comment, Danmaku

# Answers that come with a comment; the rest are asked for.
REPLIES_SHOWN = 3
# The picture has room for no more: at most so many danmaku in each window, spread evenly over it.
WINDOW_MS = 30_000
MOST_IN_WINDOW = 200
LONGEST_MS = 10 * WINDOW_MS


def find_shown(episode_id: UUID) -> PublishedEpisode:
    """An episode that may be shown, with its Cut. Raises NotFound."""
    found = get_published_episodes([episode_id]).get(episode_id)
    if found is None:
        raise NotFound
    return found


def is_shown(episode_id: UUID) -> bool:
    """Whether an episode may be shown this moment. One query."""
    return Episode.objects.filter(_on_show("pk"), pk=episode_id).exists()


def danmaku_room(episode_id: UUID) -> str:
    """The room of those who watch an episode."""
    return f"danmaku:{episode_id}"


def danmaku_of(speech_id: UUID) -> Danmaku | None:
    """The danmaku that a remark is, if it is one."""
    return Danmaku.objects.filter(pk=speech_id).first()


def comments_page(
    episode_id: UUID, user: Any, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of an episode's comments, newest first, each with its first answers; and the next
    page's cursor.

    Others' are those that are shown, one's own all that stand. Two queries for any number.
    """
    rows = _comments(user).filter(episode=episode_id, reply_to=None)
    if cursor:
        at, pk = _place(cursor)
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk))
    found = list(rows.order_by("-created_at", "-pk")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    answers = _first_replies([row.pk for row in found], user)
    views = [_comment_view(row, user, answers.get(row.pk, [])) for row in found]
    return views, _cursor(found[-1]) if more else None


def replies_page(
    comment_id: UUID, user: Any, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of the answers to a comment, oldest first. Raises NotFound for a comment that the
    person cannot read.
    """
    if not _comments(user).filter(pk=comment_id, reply_to=None).exists():
        raise NotFound
    rows = _comments(user).filter(reply_to=comment_id)
    if cursor:
        at, pk = _place(cursor)
        rows = rows.filter(Q(created_at__gt=at) | Q(created_at=at, pk__gt=pk))
    found = list(rows.order_by("created_at", "pk")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    return [_comment_view(row, user, []) for row in found], _cursor(found[-1]) if more else None


def comment_view(comment_id: UUID, user: Any) -> dict[str, Any]:
    """One comment as its author gets it back. Raises NotFound."""
    row = _comments(user).filter(pk=comment_id).first()
    if row is None:
        raise NotFound
    return _comment_view(row, user, [])


def comment_counts(episode_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many comments and answers everybody can read under each of these episodes; one without
    any is left out.

    The gate is the caller's: it is asked only of what is shown. One query.
    """
    above = Q(reply_to=None) | shown("reply_to__speech")
    rows = Comment.objects.filter(above, shown(), episode__in=list(episode_ids))
    return dict(rows.order_by().values_list("episode").annotate(count=Count("pk")))


def danmaku_between(
    episode_id: UUID, user: Any, *, from_ms: int, to_ms: int
) -> list[dict[str, Any]]:
    """The danmaku of a stretch of an episode in the order of their moments; one's own also while
    they wait.

    From each window of ``WINDOW_MS`` at most ``MOST_IN_WINDOW``, every n-th of them. Raises Problem
    for a stretch that is none or longer than ``LONGEST_MS``. One query.
    """
    if not 0 <= from_ms < to_ms or to_ms - from_ms > LONGEST_MS:
        words = LocalizedText(
            f"一次最多 {LONGEST_MS // 1000} 秒", f"At most {LONGEST_MS // 1000} seconds at a time"
        )
        raise Problem(
            "bad_stretch", words, errors=[{"field": "to_ms", "message": words.localized()}]
        )
    window = F("position_ms") / WINDOW_MS
    order = [F("position_ms").asc(), F("speech").asc()]
    rows = (
        Danmaku.objects.filter(_on_show(), visible_to(user), ~Q(speech__state=Speech.State.REFUSED))
        .filter(episode=episode_id, position_ms__gte=from_ms, position_ms__lt=to_ms)
        .annotate(place=Window(RowNumber(), partition_by=[window], order_by=order))
        .annotate(among=Window(Count("*"), partition_by=[window]))
        # Every n-th: where the place, in shares of the window's room, passes a whole number.
        .annotate(
            until=F("place") * MOST_IN_WINDOW / F("among"),
            since=(F("place") - 1) * MOST_IN_WINDOW / F("among"),
        )
        .filter(Q(among__lte=MOST_IN_WINDOW) | Q(until__gt=F("since")))
        .order_by("position_ms", "speech")
        .values("speech_id", "position_ms", "speech__text", "speech__state", "speech__author_id")
    )
    mine = user.pk if user.is_authenticated else None
    return [
        {
            "id": row["speech_id"],
            "text": row["speech__text"],
            "position_ms": row["position_ms"],
            "state": row["speech__state"],
            "mine": row["speech__author_id"] == mine,
        }
        for row in rows
    ]


def danmaku_view(danmaku: Danmaku) -> dict[str, Any]:
    """A danmaku as its author gets it back."""
    speech = danmaku.speech
    return {
        "id": speech.pk,
        "text": speech.text,
        "position_ms": danmaku.position_ms,
        "state": speech.state,
        "mine": True,
    }


def _on_show(episode: str = "episode") -> Exists:
    return Exists(open_cuts(Cut.objects.filter(episode=OuterRef(episode))))


def _comments(user: Any) -> QuerySet[Comment]:
    return Comment.objects.filter(_on_show(), visible_to(user)).select_related("speech__author")


def _first_replies(comment_ids: Sequence[UUID], user: Any) -> dict[UUID, list[Comment]]:
    """For each comment its first answers, each annotated with how many there are (``of``)."""
    rows = (
        _comments(user)
        .filter(reply_to__in=comment_ids)
        .annotate(
            place=Window(RowNumber(), partition_by=["reply_to"], order_by=["created_at", "pk"]),
            of=Window(Count("*"), partition_by=["reply_to"]),
        )
        .filter(place__lte=REPLIES_SHOWN)
    )
    answers: dict[UUID, list[Comment]] = {}
    for row in rows.order_by("created_at", "pk"):
        assert row.reply_to_id is not None
        answers.setdefault(row.reply_to_id, []).append(row)
    return answers


def _comment_view(row: Comment, user: Any, answers: Sequence[Any]) -> dict[str, Any]:
    return {
        **speech_view(row.speech, user),
        "episode_id": row.episode_id,
        "reply_to": row.reply_to_id,
        "replies": [_comment_view(one, user, []) for one in answers],
        "reply_count": answers[0].of if answers else 0,
    }


def _cursor(row: Comment) -> str:
    return encode_cursor([row.created_at.isoformat(), str(row.pk)])


def _place(cursor: str) -> tuple[datetime, UUID]:
    try:
        at, pk = decode_cursor(cursor)
        return datetime.fromisoformat(at), UUID(pk)
    except (TypeError, ValueError, AttributeError) as exc:
        raise Problem(
            "bad_cursor", LocalizedText("翻页标记无效", "The page cursor is not valid")
        ) from exc
