"""How many notices one viewer, and one network address, may file in a day: counted in the table of
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
    """A network address as it is kept: enough to count by, and nothing to read."""
    return salted_hmac("huaben.rights.address", address, algorithm="sha256").hexdigest()


def check_pace(*, viewer_id: UUID, filed_from: str, now: datetime) -> None:
    """Raise Throttled when this viewer or this address has filed enough within a day. To be called
    in a transaction.
    """
    for field, value, most in (
        ("filed_by", str(viewer_id), settings.RIGHTS_NOTICES_PER_VIEWER),
        ("filed_from", filed_from, settings.RIGHTS_NOTICES_PER_ADDRESS),
    ):
        lock_until_commit(LockSpace.NOTICE_QUOTA, f"{field} {value}")
        within = Claim.objects.filter(**{field: value}, received_at__gt=now - DAY).order_by(
            "-received_at"
        )
        filed = list(within.values_list("received_at", flat=True)[:most])
        if len(filed) >= most:
            raise Throttled(wait=(filed[-1] + DAY - now).total_seconds())
