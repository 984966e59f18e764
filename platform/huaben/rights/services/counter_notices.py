"""Counter-notices: what a creator says against a claim, and the periods that begin with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huaben.accounts.models import User
from huaben.core.access import may
from huaben.core.calendar import day_of
from huaben.core.problems import NotFound

from ..claim_actions import creator_actions, ensure_action_allowed
from ..models import Claim, CounterNotice
from ..terms import read_terms
from .blocks import lift_block_of_claim
from .claim_fields import clean_proofs, clean_text, ensure_good_faith
from .claim_updates import end_of_period, lock_claim, save_step

S = Claim.State


def counter_claim(
    *,
    claim_id: UUID,
    by: User,
    statement: str,
    signature: str,
    good_faith: bool,
    proofs: Sequence[str] = (),
    now: datetime | None = None,
) -> Claim:
    """Answer a claim against one's own work with a counter-notice, which the claimant is shown.

    By the claim's terms the work is shown again with this commit, or when the wait is over without
    a suit. Raises NotFound for another's claim, Conflict when the claim has moved on.
    """
    ensure_good_faith(good_faith)
    statement, signature = clean_text("statement", statement), clean_text("signature", signature)
    cleaned_proofs, now = clean_proofs(proofs), now or timezone.now()
    with transaction.atomic():
        claim = lock_claim(claim_id)
        if claim.forwarded_at is None or not may(by, "rights.answer_claim", claim.series):
            raise NotFound
        ensure_action_allowed("counter", creator_actions(claim))
        CounterNotice.objects.create(
            claim=claim,
            statement=statement,
            proofs=cleaned_proofs,
            good_faith=True,
            signature=signature,
            by=by,
            created_at=now,
        )
        terms = read_terms(claim.profile.terms)
        claim.counter(now)
        if not terms.restores_at_once and claim.suit_at is None:
            period = terms.wait_from(day_of(now))
            claim.wait_until(end_of_period(period), period.provisional)
        save_step(claim, Claim.Action.COUNTERED)
        # Once a suit is recorded, the court decides, whatever the terms say of the time before.
        if terms.restores_at_once and claim.suit_at is None:
            _restore(claim, now)
    return claim


def restore_due(*, now: datetime | None = None) -> int:
    """Restore what is due without a suit, and count provisional waits anew; returns how many were
    restored.

    Safe to run at any time and in several places at once.
    """
    now = now or timezone.now()
    waiting = Claim.objects.filter(state=S.COUNTERED, suit_at=None).filter(
        Q(due_at__lte=now) | Q(due_provisional=True)
    )
    restored = 0
    for claim_id in waiting.order_by("due_at").values_list("pk", flat=True):
        with transaction.atomic():
            claim = lock_claim(claim_id)
            if claim.state != S.COUNTERED or claim.suit_at is not None:
                continue
            _recount(claim)
            if claim.due_at is not None and claim.due_at <= now:
                _restore(claim, now)
                restored += 1
    return restored


def _restore(claim: Claim, now: datetime) -> None:
    claim.restore(now)
    save_step(claim, Claim.Action.RESTORED)
    lift_block_of_claim(claim=claim, by=None, now=now)


def _recount(claim: Claim) -> None:
    # The year may have been announced since.
    if not claim.due_provisional or claim.countered_at is None:
        return
    terms, day = read_terms(claim.profile.terms), day_of(claim.countered_at)
    period = terms.extended_from(day) if claim.extended else terms.wait_from(day)
    due_at = end_of_period(period)
    if (due_at, period.provisional) != (claim.due_at, claim.due_provisional):
        claim.wait_until(due_at, period.provisional)
        save_step(claim, Claim.Action.RECOUNTED)
