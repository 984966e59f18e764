"""Who blocks for copyright, who decides about claims and who answers them."""

from __future__ import annotations

import rules

from huaben.catalog.models import Series
from huaben.catalog.policies import is_creator_of
from huaben.core.access import has_role
from huaben.core.types import Requester


@rules.predicate
def of_another(user: Requester, series: Series | None) -> bool:
    return series is None or not is_creator_of(user, series)


rules.add_perm("rights.keep_blocks", has_role("copyright_admin"))
rules.add_perm("rights.keep_claims", has_role("copyright_admin"))
# Nobody lifts a block from a work of their own, or decides about one.
rules.add_perm("rights.lift_block", has_role("copyright_admin") & of_another)
rules.add_perm("rights.decide_claim", has_role("copyright_admin") & of_another)
rules.add_perm("rights.see_own_claims", has_role("creator"))
rules.add_perm("rights.answer_claim", has_role("creator") & is_creator_of)
