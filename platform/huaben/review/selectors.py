"""Reads of review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from huaben.core.localized import LocalizedText
from huaben.core.pagination import decode_cursor, encode_cursor
from huaben.core.problems import Problem

from .models import Case, CutLabel, Decision
from .reasons import AGE_NOTICES, REASONS

S = Case.State
# A Cut's state as its creator sees it.
CUT_STATES = {
    S.PROCESSING: "processing",
    S.CHECKING: "checking",
    S.OPEN: "in_review",
    S.TAKEN: "in_review",
    S.APPROVED: "approved",
    S.REJECTED: "rejected",
    S.TAKEN_DOWN: "rejected",
    S.FAILED: "failed",
}
# What the desk's lists hold.
LISTS: dict[str, tuple[S, ...]] = {
    "open": (S.OPEN, S.TAKEN),
    "decided": (S.APPROVED, S.REJECTED, S.TAKEN_DOWN),
    "failed": (S.FAILED,),
    "checking": (S.PROCESSING, S.CHECKING),
}
EARLIER = 20


def review_of(cut_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """How each Cut stands, for its creator; one query for any number. A Cut that review never saw
    is «processing».

    Each: ``state`` (processing | checking | in_review | approved | rejected | failed), ``review``
    (None before a decision; else ``verdict`` approved | rejected | taken_down, ``reasons`` as data
    with words, ``note``, ``age_notice``,
    ``automatic``, ``decided_at``), ``decision_id`` (the same decision's), ``problem`` (why it failed, else None).
    """
    stands: dict[UUID, dict[str, Any]] = {
        pk: {"state": "processing", "review": None, "decision_id": None, "problem": None}
        for pk in cut_ids
    }
    for case in Case.objects.select_related("decision").filter(cut__in=cut_ids):
        decision = case.decision if case.state in LISTS["decided"] else None
        stands[case.cut_id] = {
            "state": CUT_STATES[S(case.state)],
            "review": decision_view(decision) if decision else None,
            "decision_id": str(decision.pk) if decision else None,
            "problem": case.problem,
        }
    return stands


def decision_view(decision: Decision) -> dict[str, Any]:
    """A decision as its creator may see it: what and why, not by whom."""
    return {
        "verdict": decision.outcome,
        "reasons": reasons_view(decision.reasons),
        "note": decision.note,
        "age_notice": age_notice_view(decision.age_notice),
        "automatic": decision.automatic,
        "decided_at": decision.created_at.isoformat(),
    }


def reasons_view(reasons: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Kept reasons with their words."""
    return [
        {**reason, "text": REASONS.get(reason["code"], REASONS["other"]).as_dict()}
        for reason in reasons
    ]


def age_notice_view(code: str | None) -> dict[str, Any] | None:
    """An age notice with its words, or None."""
    return {"code": code, "text": AGE_NOTICES[code].as_dict()} if code in AGE_NOTICES else None


def cases() -> QuerySet[Case]:
    """Cases with everything that a line of the desk shows. Two queries."""
    return Case.objects.select_related(
        "cut__asset", "cut__source", "cut__episode__series__creator", "holder", "decision__by"
    ).prefetch_related("findings")


def page_of_cases(*, state: str, cursor: str | None, limit: int) -> tuple[list[Case], str | None]:
    """A page of the queue: what is open by risk, then by how soon it is due; what is decided,
    newest first; the rest by age. Raises Problem for an unknown state or a cursor of another list.
    """
    if state not in LISTS:
        raise Problem("unknown_state", LocalizedText("没有这个列表", "There is no such list"))
    rows = cases().filter(state__in=LISTS[state])
    order: tuple[str, ...]
    if state == "open":
        order, key = ("-risk", "due_at", "id"), _open_key
    elif state == "decided":
        order, key = ("-decided_at", "-id"), _decided_key
    else:
        order, key = ("-id",), _id_key
    if cursor:
        rows = rows.filter(_after(state, cursor))
    found = list(rows.order_by(*order)[: limit + 1])
    after = encode_cursor([state, *key(found[limit - 1])]) if len(found) > limit else None
    return found[:limit], after


def _open_key(case: Case) -> list[Any]:
    return [case.risk, case.due_at, case.pk]


def _decided_key(case: Case) -> list[Any]:
    return [case.decided_at, case.pk]


def _id_key(case: Case) -> list[Any]:
    return [case.pk]


def _after(state: str, cursor: str) -> Q:
    try:
        of, *key = decode_cursor(cursor)
        if of != state:
            raise ValueError(of)
        last = UUID(key[-1])
        if state == "open":
            risk, due = float(key[0]), datetime.fromisoformat(key[1])
            return (
                Q(risk__lt=risk)
                | Q(risk=risk, due_at__gt=due)
                | Q(risk=risk, due_at=due, pk__gt=last)
            )
        if state == "decided":
            when = datetime.fromisoformat(key[0])
            return Q(decided_at__lt=when) | Q(decided_at=when, pk__lt=last)
        return Q(pk__lt=last)
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        raise Problem(
            "bad_cursor", LocalizedText("翻页标记无效", "The page cursor is not valid")
        ) from error


def earlier_decisions(case: Case) -> list[Decision]:
    """The newest decisions about other Cuts of the same series, and about this one."""
    rows = Decision.objects.filter(case__cut__episode__series=case.cut.episode.series_id)
    return list(rows.select_related("by", "case__cut__episode").order_by("-created_at")[:EARLIER])


def label_of(case: Case) -> CutLabel | None:
    """The label of a case's Cut, once it was checked."""
    return CutLabel.objects.filter(cut=case.cut_id).first()
