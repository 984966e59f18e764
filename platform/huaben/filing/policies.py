"""Who may use the filing register."""

from __future__ import annotations

import rules

from huaben.catalog.models import Series
from huaben.catalog.policies import is_creator_of
from huaben.core.access import has_role
from huaben.core.types import Requester


@rules.predicate
def of_another(user: Requester, series: Series | None) -> bool:
    return series is None or not is_creator_of(user, series)


rules.add_perm("filing.keep_register", has_role("filing_admin"))
# Nobody files a work of their own.
rules.add_perm("filing.file_series", has_role("filing_admin") & of_another)
