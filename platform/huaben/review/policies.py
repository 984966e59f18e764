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


rules.add_perm("review.use_queue", has_role("moderator"))
# Nobody decides about a work of their own.
rules.add_perm("review.decide_case", has_role("moderator") & ~is_creator_of_its_cut)
rules.add_perm("review.decide_words", has_role("moderator") & ~is_creator_of)


@room_access("words_queue")
@room_access("review")
def may_hear_queue(user: Requester, viewer_id: UUID | None, key: str) -> bool:
    """Those who work at the queue."""
    return not key and may(user, "review.use_queue")
