"""Reads of review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from huaben.catalog.facts import CutState
from huaben.core.localized import LocalizedText
from huaben.core.pagination import bad_cursor, decode_cursor, encode_cursor
from huaben.core.problems import Problem

from .models import Case, CutLabel, Decision

S = Case.State
# A Cut's state as its creator sees it.
CUT_STATES: dict[S, CutState] = {
    S.PROCESSING: "processing",
    S.CHECKING: "checking",
    S.OPEN: "in_review",
    S.TAKEN: "in_review",
    S.APPROVED: "approved",
    S.REJECTED: "rejected",
    S.TAKEN_DOWN: "rejected",
    S.FAILED: "failed",
}
# Which states each list of the queue holds.
CASE_LISTS: dict[str, tuple[S, ...]] = {
    "open": (S.OPEN, S.TAKEN),
    "decided": (S.APPROVED, S.REJECTED, S.TAKEN_DOWN),
    "failed": (S.FAILED,),
    "checking": (S.PROCESSING, S.CHECKING),
}
MAX_EARLIER_DECISIONS = 20


def list_cases_of_cuts(cut_ids: Sequence[UUID]) -> list[Case]:
    """The cases of these Cuts, each with its decision. One query."""
    return list(Case.objects.select_related("decision").filter(cut__in=cut_ids))


def cases() -> QuerySet[Case]:
    """Cases with everything that a line of the queue shows. Two queries."""
    return Case.objects.select_related(
        "cut__asset", "cut__source", "cut__episode__series__creator", "holder", "decision__by"
    ).prefetch_related("findings")


def list_cases(*, state: str, cursor: str | None, limit: int) -> tuple[list[Case], str | None]:
    """A page of the queue: what is open by risk, then by how soon it is due; what is decided,
    newest first; the rest by age. Raises Problem for an unknown state or a cursor of another list.
    """
    if state not in CASE_LISTS:
        raise Problem("unknown_state", LocalizedText("没有这个列表", "There is no such list"))
    rows = cases().filter(state__in=CASE_LISTS[state])
    order: tuple[str, ...]
    if state == "open":
        order, key = ("-risk", "due_at", "id"), _open_key
    elif state == "decided":
        order, key = ("-decided_at", "-id"), _decided_key
    else:
        order, key = ("-id",), _id_key
    if cursor:
        rows = rows.filter(_after_cursor(state, cursor))
    found = list(rows.order_by(*order)[: limit + 1])
    after = encode_cursor([state, *key(found[limit - 1])]) if len(found) > limit else None
    return found[:limit], after


def _open_key(case: Case) -> list[object]:
    return [case.risk, case.due_at, case.pk]


def _decided_key(case: Case) -> list[object]:
    return [case.decided_at, case.pk]


def _id_key(case: Case) -> list[object]:
    return [case.pk]


def _after_cursor(state: str, cursor: str) -> Q:
    try:
        cursor_state, *key = decode_cursor(cursor)
        if cursor_state != state:
            raise ValueError(cursor_state)
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
        raise bad_cursor() from error


def list_earlier_decisions(case: Case) -> list[Decision]:
    """The newest decisions about other Cuts of the same series, and about this one."""
    rows = Decision.objects.filter(case__cut__episode__series=case.cut.episode.series_id)
    return list(
        rows.select_related("by", "case__cut__episode").order_by("-created_at")[
            :MAX_EARLIER_DECISIONS
        ]
    )


def get_label(case: Case) -> CutLabel | None:
    """The label of a case's Cut, once it was checked."""
    return CutLabel.objects.filter(cut=case.cut_id).first()
