"""What a copyright admin does with a claim."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.core.access import may
from huaben.core.calendar import day_of
from huaben.core.localized import LocalizedText
from huaben.core.problems import Refused

from ..acts import desk_acts, ensure_open
from ..models import Claim
from ..profiles import read_terms
from .acting import check_text, end_of_wait, hold_claim, record_act
from .blocks import block_for_claim, lift_for_claim
from .notices import note_suit
from .profiles import profile_for


def confirm_claim(
    *, claim_id: UUID, by: Any, profile_kind: str = "", now: datetime | None = None
) -> Claim:
    """Find a notice complete: its target is blocked and its creator told with this commit.

    ``profile_kind``: the jurisdiction that it goes by, if another than the house's own; its terms of the day of receipt
    are kept with it. Raises Conflict when the claim has moved on, Refused for a series of one's
    own.
    """
    now = now or timezone.now()
    with transaction.atomic():
        claim = _held_for(by, claim_id, "complete")
        if profile_kind and profile_kind != claim.profile.kind:
            claim.profile = profile_for(kind=profile_kind, day=day_of(claim.received_at))
        claim.confirm(now)
        record_act(claim, Claim.Act.CONFIRMED, by=by)
        block_for_claim(claim=claim, by=by)
    return claim


def mark_incomplete(*, claim_id: UUID, by: Any, missing: str) -> Claim:
    """Ask the claimant for what a notice lacks."""
    missing = check_text("missing", missing)
    with transaction.atomic():
        claim = _held_for(by, claim_id, "incomplete")
        claim.mark_incomplete()
        record_act(claim, Claim.Act.MARKED_INCOMPLETE, by=by, note=missing)
    return claim


def reject_claim(*, claim_id: UUID, by: Any, reason: str, now: datetime | None = None) -> Claim:
    """End a claim that does not hold; what it blocked is shown again with this commit."""
    reason, now = check_text("reason", reason), now or timezone.now()
    with transaction.atomic():
        claim = _held_for(by, claim_id, "reject")
        claim.reject(now)
        record_act(claim, Claim.Act.REJECTED, by=by, note=reason)
        lift_for_claim(claim=claim, by=by, now=now)
    return claim


def uphold_claim(*, claim_id: UUID, by: Any, reason: str, now: datetime | None = None) -> Claim:
    """End a claim that holds; its block stays."""
    reason, now = check_text("reason", reason), now or timezone.now()
    with transaction.atomic():
        claim = _held_for(by, claim_id, "uphold")
        claim.uphold(now)
        record_act(claim, Claim.Act.UPHELD, by=by, note=reason)
    return claim


def record_suit(*, claim_id: UUID, by: Any, note: str, now: datetime | None = None) -> Claim:
    """Write down a suit that the admin was told of in writing."""
    with transaction.atomic():
        _held_for(by, claim_id, "suit")
        return note_suit(claim_id=claim_id, note=note, by=by, now=now)


def extend_wait(*, claim_id: UUID, by: Any, note: str) -> Claim:
    """Give a claimant who has shown why the longer wait of the claim's terms. Once."""
    note = check_text("note", note)
    with transaction.atomic():
        claim = _held_for(by, claim_id, "extend")
        assert claim.countered_at is not None
        period = read_terms(claim.profile.terms).extended_from(day_of(claim.countered_at))
        claim.extended = True
        claim.wait_until(end_of_wait(period), period.provisional)
        record_act(claim, Claim.Act.EXTENDED, by=by, note=note)
    return claim


def _held_for(by: Any, claim_id: UUID, act: str) -> Claim:
    claim = hold_claim(claim_id)
    if not may(by, "rights.decide_claim", claim.series):
        raise Refused(
            "own_series",
            LocalizedText(
                "不能处理针对自己作品的投诉", "You cannot decide about a work of your own"
            ),
        )
    ensure_open(act, desk_acts(claim))
    return claim
