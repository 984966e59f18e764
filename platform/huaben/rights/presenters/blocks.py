"""What answers about blocks look like."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from huaben.core.responses import described

from .. import models
from .works import ClaimedCut, ClaimedSeries, present_claimed_cut, present_claimed_series


@dataclass(frozen=True, kw_only=True)
class BlockDetails:
    """A block, standing or lifted."""

    id: UUID
    series: ClaimedSeries
    cut: ClaimedCut | None
    reason: str
    evidence: str
    by: str = field(metadata=described("Name of who blocked it."))
    created_at: datetime
    claim_number: str | None = field(metadata=described("Of the claim whose block it is."))
    claim_id: UUID | None
    lifted_by: str | None
    lifted_at: datetime | None
    lift_reason: str


def present_block(block: models.Block) -> BlockDetails:
    """A block in the list; it must come from ``selectors.blocks()``, then nothing more is read."""
    return BlockDetails(
        id=block.pk,
        series=present_claimed_series(block.series),
        cut=present_claimed_cut(block.cut),
        reason=block.reason,
        evidence=block.evidence,
        by=block.by.name,
        created_at=block.created_at,
        claim_number=block.claim.number if block.claim else None,
        claim_id=block.claim_id,
        lifted_by=block.lifted_by.name if block.lifted_by else None,
        lifted_at=block.lifted_at,
        lift_reason=block.lift_reason,
    )
