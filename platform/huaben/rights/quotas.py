"""How many notices one viewer, and one network address, may file in a day; counted in the table of
claims itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import Throttled

from huaben.core.locks import LockSpace, lock_until_commit

from .models import Claim

DAY = timedelta(days=1)


def address_digest(address: str) -> str:
    """The keyed digest of a network address: the address itself is never stored. Empty for none."""
    if not address:
        return ""
    return salted_hmac("huaben.rights.address", address, algorithm="sha256").hexdigest()


def ensure_within_notice_quota(*, viewer_id: UUID, filed_from: str, now: datetime) -> None:
    """Raise Throttled when this viewer or this address has filed enough within a day.

    ``filed_from`` is an ``address_digest``. To be called in a transaction.
    """
    for field, value, quota in (
        ("filed_by", str(viewer_id), settings.RIGHTS_NOTICES_PER_VIEWER),
        ("filed_from", filed_from, settings.RIGHTS_NOTICES_PER_ADDRESS),
    ):
        if not value:  # where no address is known, nobody shares a quota with strangers
            continue
        lock_until_commit(LockSpace.NOTICE_QUOTA, f"{field} {value}")
        newest_first = Claim.objects.filter(**{field: value}, received_at__gt=now - DAY).order_by(
            "-received_at"
        )
        received = list(newest_first.values_list("received_at", flat=True)[:quota])
        if len(received) >= quota:
            raise Throttled(wait=(received[-1] + DAY - now).total_seconds())
