"""What a copyright admin does with a claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.catalog.gate import announce_gate_change
from huaben.catalog.models import Episode
from huaben.core.access import may
from huaben.core.calendar import day_of
from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem, Refused

from ..claim_actions import admin_actions, ensure_action_allowed
from ..models import Claim
from ..terms import read_terms
from .blocks import create_block_for_claim, lift_block_of_claim
from .claim_fields import clean_text
from .claim_updates import end_of_period, lock_claim, save_step
from .notices import record_suit
from .profiles import get_profile_in_force


def confirm_claim(
    *, claim_id: UUID, by: User, profile_kind: str = "", now: datetime | None = None
) -> Claim:
    """Find a notice complete: its target is blocked and its creator sees it with this commit.

    ``profile_kind``: the jurisdiction that it goes by, if another than RIGHTS_JURISDICTION; its
    terms of the day of receipt are stored with it. Raises Conflict when the claim has moved on,
    Refused for a series of one's own.
    """
    now = now or timezone.now()
    with transaction.atomic():
        claim = _lock_for_admin(by, claim_id, "complete")
        if profile_kind and profile_kind != claim.profile.kind:
            claim.profile = get_profile_in_force(kind=profile_kind, day=day_of(claim.received_at))
        claim.confirm(now)
        save_step(claim, Claim.Action.CONFIRMED, by=by)
        create_block_for_claim(claim=claim, by=by)
    return claim


def narrow_claim(*, claim_id: UUID, by: User, episode_ids: Sequence[UUID], reason: str) -> Claim:
    """Narrow a claim against a whole series to some of its episodes: the others are shown again
    with this commit. Claimant and creator are told which and why.

    Raises Problem for no episode, one that is not of the series or not claimed, or all of them.
    """
    reason = clean_text("reason", reason)
    with transaction.atomic():
        claim = _lock_for_admin(by, claim_id, "narrow")
        claimed = Episode.objects.filter(series=claim.series_id).order_by("number")
        if claim.narrowed_to:
            claimed = claimed.filter(pk__in=claim.narrowed_to)
        kept = [episode for episode in claimed if episode.pk in set(episode_ids)]
        if not kept or len(kept) != len(set(episode_ids)) or len(kept) == len(claimed):
            message = LocalizedText(
                "请选投诉所涉的集：至少一集，不能是全部",
                "Choose the episodes that it is about: one at least, and not all",
            )
            raise Problem(
                "bad_episodes",
                message,
                errors=[{"field": "episode_ids", "message": message.localized()}],
            )
        claim.narrow([episode.pk for episode in kept])
        numbers = "、".join(str(episode.number) for episode in kept)
        save_step(claim, Claim.Action.NARROWED, by=by, note=f"{numbers}: {reason}")
        announce_gate_change(series_id=claim.series_id)
    return claim


def mark_incomplete(*, claim_id: UUID, by: User, missing: str) -> Claim:
    """Ask the claimant for what a notice lacks."""
    missing = clean_text("missing", missing)
    with transaction.atomic():
        claim = _lock_for_admin(by, claim_id, "incomplete")
        claim.mark_incomplete()
        save_step(claim, Claim.Action.MARKED_INCOMPLETE, by=by, note=missing)
    return claim


def reject_claim(*, claim_id: UUID, by: User, reason: str, now: datetime | None = None) -> Claim:
    """End a claim that does not hold; what it blocked is shown again with this commit."""
    reason, now = clean_text("reason", reason), now or timezone.now()
    with transaction.atomic():
        claim = _lock_for_admin(by, claim_id, "reject")
        claim.reject(now)
        save_step(claim, Claim.Action.REJECTED, by=by, note=reason)
        lift_block_of_claim(claim=claim, by=by, now=now)
    return claim


def uphold_claim(*, claim_id: UUID, by: User, reason: str, now: datetime | None = None) -> Claim:
    """End a claim that holds; its block stays."""
    reason, now = clean_text("reason", reason), now or timezone.now()
    with transaction.atomic():
        claim = _lock_for_admin(by, claim_id, "uphold")
        claim.uphold(now)
        save_step(claim, Claim.Action.UPHELD, by=by, note=reason)
    return claim


def record_suit_as_admin(
    *, claim_id: UUID, by: User, note: str, now: datetime | None = None
) -> Claim:
    """Record a suit of which the admin has written proof."""
    with transaction.atomic():
        _lock_for_admin(by, claim_id, "suit")
        return record_suit(claim_id=claim_id, note=note, by=by, now=now)


def extend_wait(*, claim_id: UUID, by: User, note: str) -> Claim:
    """Give a claimant who has shown why the longer wait of the claim's terms. Once."""
    note = clean_text("note", note)
    with transaction.atomic():
        claim = _lock_for_admin(by, claim_id, "extend")
        assert claim.countered_at is not None
        period = read_terms(claim.profile.terms).extended_from(day_of(claim.countered_at))
        claim.extended = True
        claim.wait_until(end_of_period(period), period.provisional)
        save_step(claim, Claim.Action.EXTENDED, by=by, note=note)
    return claim


def _lock_for_admin(by: User, claim_id: UUID, action: str) -> Claim:
    claim = lock_claim(claim_id)
    if not may(by, "rights.decide_claim", claim.series):
        raise Refused(
            "own_series",
            LocalizedText(
                "不能处理针对自己作品的投诉", "You cannot decide about a work of your own"
            ),
        )
    ensure_action_allowed(action, admin_actions(claim))
    return claim
