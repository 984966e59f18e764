"""Who may see the queue and decide."""

from __future__ import annotations

from uuid import UUID

import rules

from huaben.catalog.policies import is_creator_of
from huaben.core.access import has_role, may
from huaben.core.rooms import room_access
from huaben.core.types import Requester

from .models import Case


@rules.predicate
def is_creator_of_its_cut(user: Requester, case: Case | None) -> bool:
    return case is not None and bool(is_creator_of(user, case.cut))


@rules.predicate
def is_appealed_decision_of(user: Requester, case: Case | None) -> bool:
    return (
        case is not None
        and case.is_appealed
        and case.decision is not None
        and case.decision.by_id == user.pk
    )


@rules.predicate
def may_take_back(user: Requester, case: Case | None) -> bool:
    """What was taken down anybody may have looked at again; a rejection is its moderator's own."""
    if case is None or case.decision is None:
        return False
    own = case.state == Case.State.REJECTED and case.decision.by_id == user.pk
    return bool(own) or case.state == Case.State.TAKEN_DOWN


rules.add_perm("review.use_queue", has_role("moderator"))
# Nobody decides about a work of their own, nor about an appeal against their own decision.
rules.add_perm(
    "review.decide_case",
    has_role("moderator") & ~is_creator_of_its_cut & ~is_appealed_decision_of,
)
rules.add_perm("review.reopen_case", has_role("moderator") & ~is_creator_of_its_cut & may_take_back)
rules.add_perm("review.decide_words", has_role("moderator") & ~is_creator_of)


@room_access("words_queue")
@room_access("review")
def may_hear_queue(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    """Those who work at the queue."""
    return not key and may(user, "review.use_queue")
