"""What every service that changes a claim shares: its lock, its history, its periods."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from huaben.accounts.models import User
from huaben.core.calendar import Period, begin_of
from huaben.core.problems import NotFound

from ..models import Claim


def lock_claim(claim_id: UUID) -> Claim:
    """A claim, locked until the transaction ends. Raises NotFound."""
    rows = Claim.objects.select_for_update(of=("self",)).select_related("profile", "series")
    claim = rows.filter(pk=claim_id).first()
    if claim is None:
        raise NotFound
    return claim


def save_step(
    claim: Claim, action: Claim.Action, *, by: User | None = None, note: str = ""
) -> None:
    """Save a claim after a transition, as one line of its history. ``by`` None: the claimant,
    the creator or the clock.
    """
    claim.action, claim.by, claim.note = action, by, note.strip()
    claim.save()


def end_of_period(period: Period) -> datetime:
    """The moment after the last day of a period."""
    return begin_of(period.last_day + timedelta(days=1))
