"""Who keeps the filing register."""

from __future__ import annotations

from typing import Any

import rules

from huaben.catalog.models import Series
from huaben.catalog.policies import made_it
from huaben.core.access import has_role


@rules.predicate
def of_another(user: Any, series: Series | None) -> bool:
    return series is None or not made_it(user, series)


rules.add_perm("filing.keep_register", has_role("filing_admin"))
# Nobody files a work of their own.
rules.add_perm("filing.file_series", has_role("filing_admin") & of_another)
