"""What may be done with a claim as it stands, by each of the three who have a say in it."""

from __future__ import annotations

from collections.abc import Sequence

from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict

from .models import Claim
from .profiles import read_terms

S = Claim.State
OPEN = (S.RECEIVED, S.INCOMPLETE, S.STANDING, S.COUNTERED)
BLOCKING = (S.STANDING, S.COUNTERED, S.UPHELD)


def desk_acts(claim: Claim) -> list[str]:
    """For the copyright admin: complete, incomplete, uphold, reject, suit, extend."""
    if claim.state == S.RECEIVED:
        return ["complete", "incomplete", "reject"]
    if claim.state == S.INCOMPLETE:
        return ["complete", "reject"]
    if claim.state not in (S.STANDING, S.COUNTERED):
        return []
    acts = ["uphold", "reject"]
    if claim.suit_at is None:
        acts.append("suit")
        if (
            claim.state == S.COUNTERED
            and not claim.extended
            and read_terms(claim.profile.terms).extension_count
        ):
            acts.append("extend")
    return acts


def claimant_acts(claim: Claim) -> list[str]:
    """For whoever filed it: supplement, suit, withdraw."""
    acts = []
    if claim.state == S.INCOMPLETE:
        acts.append("supplement")
    if claim.state in (S.STANDING, S.COUNTERED) and claim.suit_at is None:
        acts.append("suit")
    if claim.state in OPEN:
        acts.append("withdraw")
    return acts


def creator_acts(claim: Claim) -> list[str]:
    """For who made the work: counter."""
    return ["counter"] if claim.state == S.STANDING else []


def ensure_open(act: str, acts: Sequence[str]) -> None:
    """Raise Conflict ``claim_moved_on`` unless ``act`` is one of those that are open."""
    if act not in acts:
        raise Conflict(
            "claim_moved_on",
            LocalizedText(
                "这件投诉现在不能这样处理", "This cannot be done with the claim as it stands"
            ),
            detail=LocalizedText("刷新看看它走到哪一步了", "Reload to see where it is now"),
        )
