"""Reads of people's words for moderators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from huaben.accounts.presenters import present_person
from huaben.catalog.models import Speech
from huaben.catalog.speech import Place, places_of
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.pagination import decode_cursor, encode_cursor
from huaben.core.problems import Problem
from huaben.review.models import SpeechDecision, SpeechReport
from huaben.review.policy_names import explanation, policy_name
from huaben.review.reasons import SPEECH_REASONS

# «reported»: shown, and somebody doubts it. «checking»: what the check has not come to yet.
LISTS = ("held", "reported", "shown", "refused", "checking")
# What waits longest comes first; of the rest, what was said last.
_OLDEST_FIRST = frozenset({"held", "reported", "checking"})


def remarks() -> QuerySet[Speech]:
    """Remarks with everything that a line of the list shows. Three queries."""
    return Speech.objects.select_related("author", "series").prefetch_related(
        Prefetch("reports", SpeechReport.objects.filter(answered=False)),
        Prefetch("decisions", SpeechDecision.objects.select_related("by")),
    )


def page_of_remarks(
    *, state: str, cursor: str | None, limit: int
) -> tuple[list[Speech], str | None]:
    """A page of one of ``LISTS``. Raises Problem for another list, or a cursor of another."""
    if state not in LISTS:
        raise Problem("unknown_state", LocalizedText("没有这个列表", "There is no such list"))
    rows = remarks().filter(state="shown" if state == "reported" else state)
    if state == "reported":
        rows = rows.filter(
            Exists(SpeechReport.objects.filter(speech=OuterRef("pk"), answered=False))
        )
    oldest_first = state in _OLDEST_FIRST
    if cursor:
        at, pk = _place_in_list(state, cursor)
        after = Q(created_at=at, pk__gt=pk) | Q(created_at__gt=at)
        before = Q(created_at=at, pk__lt=pk) | Q(created_at__lt=at)
        rows = rows.filter(after if oldest_first else before)
    order = ("created_at", "pk") if oldest_first else ("-created_at", "-pk")
    found = list(rows.order_by(*order)[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    return found, encode_cursor(
        [state, found[-1].created_at.isoformat(), str(found[-1].pk)]
    ) if more else None


def remark_views(found: Sequence[Speech], user: Any) -> list[dict[str, Any]]:
    """Remarks of ``remarks()`` as moderators see them; one query more for each kind among them."""
    places = places_of(found)
    return [_view(one, places.get(one.pk, Place()), user) for one in found]


def _view(speech: Speech, place: Place, user: Any) -> dict[str, Any]:
    check = speech.facts.get("check") or {}
    return {
        "id": speech.pk,
        "kind": speech.kind,
        "text": speech.text,
        "state": speech.state,
        "reason": speech.reason,
        "waits": speech.facts.get("waits", "") if speech.state == "held" else "",
        "author": present_person(speech.author),
        "series": speech.series,
        "episode": place.episode,
        "position_ms": place.position_ms,
        "answers": place.answers,
        "verdict": check.get("verdict", ""),
        "findings": [_finding(one) for one in check.get("findings", [])],
        "reports": [
            {
                "reason": {"code": one.reason, "text": SPEECH_REASONS[one.reason].as_dict()},
                "note": one.note,
            }
            for one in speech.reports.all()
        ],
        "decisions": [
            {
                "outcome": one.outcome,
                "by": present_person(one.by),
                "reason": {"code": one.reason, "text": SPEECH_REASONS[one.reason].as_dict()}
                if one.reason
                else None,
                "note": one.note,
                "decided_at": one.created_at,
            }
            for one in speech.decisions.all()
        ],
        "may_decide": may(user, "review.judge_speech", speech),
        "created_at": speech.created_at,
        "settled_at": speech.settled_at,
    }


def _finding(kept: dict[str, Any]) -> dict[str, Any]:
    return {
        "policy": kept["policy"],
        "policy_name": policy_name(kept["policy"]).as_dict(),
        "score": kept["score"],
        "evidence": kept["evidence"],
        "explanation": explanation(kept["explanation"], kept["policy"]),
    }


def _place_in_list(state: str, cursor: str) -> tuple[datetime, UUID]:
    try:
        of, at, pk = decode_cursor(cursor)
        if of != state:
            raise ValueError(of)
        return datetime.fromisoformat(at), UUID(pk)
    except (ValueError, TypeError, AttributeError) as error:
        raise Problem(
            "bad_cursor", LocalizedText("翻页标记无效", "The page cursor is not valid")
        ) from error
