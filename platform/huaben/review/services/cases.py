"""What every change of a case shares: the lock, and telling those who look on."""

from __future__ import annotations

from typing import Any

from huaben.core.jobs import enqueue_job
from huaben.core.problems import NotFound
from huaben.core.rooms import publish_event
from huaben.review.models import Case
from huaben.review.selectors import review_of

MODERATE_CUT = "review.moderate_cut"
WITH_CUT = ("cut__asset", "cut__source", "cut__episode__series")


def lock_case(**lookup: Any) -> Case:
    """A case, locked until the transaction ends, with its Cut loaded. Raises NotFound."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related(*WITH_CUT, "holder")
        .filter(**lookup)
        .first()
    )
    if case is None:
        raise NotFound
    return case


def announce_case(case: Case) -> None:
    """Tell the queue and the Cut's own room how the case stands, with the present transaction."""
    holder = case.holder
    publish_event(
        "review",
        {
            "kind": "case",
            "case_id": str(case.pk),
            "cut_id": str(case.cut_id),
            "state": case.state,
            "risk": case.risk,
            "holder": {"id": str(holder.pk), "handle": holder.handle, "display_name": holder.name}
            if holder
            else None,
        },
    )
    stands = review_of([case.cut_id])[case.cut_id]
    publish_event(f"cut:{case.cut_id}", {"kind": "cut", "cut_id": str(case.cut_id), **stands})


def check_later(case: Case) -> None:
    """Enqueue the checks of a case that is being checked."""
    enqueue_job(
        MODERATE_CUT,
        {"cut_id": str(case.cut_id)},
        key=str(case.cut_id),
        rooms=[f"cut:{case.cut_id}"],
    )
