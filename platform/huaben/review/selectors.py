"""Reads of review."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from huaben.catalog.facts import CutState
from huaben.core.localized import LocalizedText
from huaben.core.pagination import page_by_keys
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


_CASE_ORDER = {"open": ("-risk", "due_at", "id"), "decided": ("-decided_at", "-id")}


def list_cases(*, state: str, cursor: str | None, limit: int) -> tuple[list[Case], str | None]:
    """A page of the queue: what is open by risk, then by how soon it is due; what is decided,
    newest first; the rest by age. Raises Problem for an unknown state or a cursor of another list.
    """
    if state not in CASE_LISTS:
        raise Problem("unknown_state", LocalizedText("没有这个列表", "There is no such list"))
    return page_by_keys(
        cases().filter(state__in=CASE_LISTS[state]),
        order=_CASE_ORDER.get(state, ("-id",)),
        scope=state,
        cursor=cursor,
        limit=limit,
    )


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
