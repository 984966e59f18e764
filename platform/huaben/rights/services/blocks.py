"""Writes about copyright blocks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huaben.accounts.models import User
from huaben.catalog.gate import announce_gate_change
from huaben.catalog.models import Cut, Series
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem, Refused

from ..models import Block, Claim


def block_series(
    *, series_id: UUID, by: User, reason: str, evidence: str, cut_id: UUID | None = None
) -> Block:
    """Stop a series, or only one Cut of it, from being shown: gone everywhere with this commit.

    Raises NotFound for a series that does not exist or a Cut of another one, Problem without reason
    and evidence, Conflict when the same block is in force already.
    """
    for field, text in (("reason", reason), ("evidence", evidence)):
        if not text.strip():
            raise _needed(field)
    with transaction.atomic():
        series = Series.objects.select_for_update().filter(pk=series_id).first()
        if series is None:
            raise NotFound
        if (
            cut_id is not None
            and not Cut.objects.filter(pk=cut_id, episode__series=series).exists()
        ):
            raise NotFound
        if Block.objects.filter(series=series, cut=cut_id, claim=None, lifted_at=None).exists():
            raise Conflict("blocked_already", LocalizedText("已经封禁", "It is blocked already"))
        block = Block.objects.create(
            series=series, cut_id=cut_id, by=by, reason=reason.strip(), evidence=evidence.strip()
        )
        announce_gate_change(series_id=series.pk)
    return block


def lift_block(*, block_id: UUID, by: User, reason: str) -> Block:
    """End a block. Raises Conflict when it was lifted already or is a claim's own, Refused for a
    series of one's own.
    """
    if not reason.strip():
        raise _needed("reason")
    with transaction.atomic():
        block = (
            Block.objects.select_for_update(of=("self",))
            .select_related("series")
            .filter(pk=block_id)
            .first()
        )
        if block is None:
            raise NotFound
        if not may(by, "rights.lift_block", block.series):
            raise Refused(
                "own_series",
                LocalizedText(
                    "不能为自己的作品解封", "You cannot lift a block from a work of your own"
                ),
            )
        if block.lifted_at is not None:
            raise Conflict("lifted_already", LocalizedText("已经解封", "It was lifted already"))
        if block.claim_id is not None:
            raise Conflict(
                "block_of_a_claim",
                LocalizedText("这是一件投诉的封禁", "This block belongs to a claim"),
                detail=LocalizedText("投诉了结时它自动解除", "It is lifted when the claim ends"),
            )
        block.lifted_at, block.lifted_by, block.lift_reason = timezone.now(), by, reason.strip()
        block.save()
        announce_gate_change(series_id=block.series_id)
    return block


def create_block_for_claim(*, claim: Claim, by: User) -> Block:
    """Create the block of a confirmed claim. To be called in the transaction of that step."""
    block = Block.objects.create(
        series_id=claim.series_id,
        cut_id=claim.cut_id,
        claim=claim,
        by=by,
        reason=f"{claim.claimant_name}《{claim.work_title}》",
        evidence=claim.number,
    )
    announce_gate_change(series_id=claim.series_id)
    return block


def lift_block_of_claim(*, claim: Claim, by: User | None, now: datetime) -> None:
    """End a claim's block, if it has one. ``by`` None: its claimant, its creator or the clock."""
    Block.objects.filter(claim=claim, lifted_at=None).update(
        lifted_at=now, lifted_by=by, lift_reason=claim.number
    )
    announce_gate_change(series_id=claim.series_id)


def _needed(field: str) -> Problem:
    words = {
        "reason": LocalizedText("请写明理由", "Please give the reason"),
        "evidence": LocalizedText("请写明证据", "Please give the evidence"),
    }[field]
    return Problem(
        f"{field}_needed", words, errors=[{"field": field, "message": words.localized()}]
    )
