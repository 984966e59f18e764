"""What every change of a case shares: the lock, the messages to rooms, the job of the checks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from huaben.accounts.presenters import present_person
from huaben.catalog.models import Cut
from huaben.core.jobs import enqueue_job
from huaben.core.problems import NotFound
from huaben.core.responses import as_json
from huaben.core.rooms import publish_event
from huaben.review.models import Case
from huaben.review.presenters.decisions import present_cut_facts

MODERATE_CUT = "review.moderate_cut"
WITH_CUT = ("cut__asset", "cut__source", "cut__episode__series")


def lock_case(case_id: UUID) -> Case:
    """A case, locked until the transaction ends, with its Cut loaded. Raises NotFound."""
    return _lock_first(Case.objects.filter(pk=case_id))


def lock_case_of(cut: Cut) -> Case:
    """The case of a Cut, locked until the transaction ends. Raises NotFound."""
    return _lock_first(Case.objects.filter(cut=cut))


def with_locks(cases: QuerySet[Case], *, skip_locked: bool = False) -> QuerySet[Case]:
    """The same cases, which are locked as they are read, each with its Cut, reviewer and standing
    decision loaded.
    """
    rows = cases.select_for_update(of=("self",), skip_locked=skip_locked)
    return rows.select_related(*WITH_CUT, "reviewer", "decision")


def _lock_first(cases: QuerySet[Case]) -> Case:
    case = with_locks(cases).first()
    if case is None:
        raise NotFound
    return case


def announce_case(case: Case) -> None:
    """Publish the case's state to the queue's room and to the Cut's own, when the present
    transaction commits.
    """
    publish_event(
        "review",
        {
            "kind": "case",
            "case_id": str(case.pk),
            "cut_id": str(case.cut_id),
            "state": case.state,
            "risk": case.risk,
            "reviewer": as_json(present_person(case.reviewer)) if case.reviewer else None,
        },
    )
    facts = present_cut_facts([case.cut_id])[case.cut_id]
    publish_event(
        f"cut:{case.cut_id}",
        {
            "kind": "cut",
            "cut_id": str(case.cut_id),
            **as_json(facts),
            "problem": case.problem,
        },
    )


def enqueue_checks(case: Case) -> None:
    """Enqueue the checks of a case that is being checked."""
    enqueue_job(
        MODERATE_CUT,
        {"cut_id": str(case.cut_id)},
        key=str(case.cut_id),
        rooms=[f"cut:{case.cut_id}"],
    )
