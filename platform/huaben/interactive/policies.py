"""Who may put premieres on the programme."""

from __future__ import annotations

import rules

from huaben.catalog.policies import is_creator_of
from huaben.core.access import has_role
from huaben.core.types import Requester

from .models import Premiere


@rules.predicate
def is_host(user: Requester, premiere: Premiere | None) -> bool:
    return premiere is not None and premiere.host_id == user.pk


rules.add_perm("interactive.use_premieres", has_role("creator"))
rules.add_perm("interactive.schedule_premiere", has_role("creator") & is_creator_of)
rules.add_perm("interactive.cancel_premiere", has_role("creator") & is_host)
