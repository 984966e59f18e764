"""What the copyright admin, the claimant and the creator may do with a claim in its state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict

from .models import Claim
from .terms import read_terms

AdminAction = Literal["complete", "incomplete", "reject", "uphold", "suit", "extend", "narrow"]
ClaimantAction = Literal["supplement", "suit", "withdraw"]
CreatorAction = Literal["counter"]

S = Claim.State
OPEN_STATES = (S.RECEIVED, S.INCOMPLETE, S.STANDING, S.COUNTERED)
BLOCKING_STATES = (S.STANDING, S.COUNTERED, S.UPHELD)


def admin_actions(claim: Claim) -> list[AdminAction]:
    """What a copyright admin may do now."""
    narrow: list[AdminAction] = ["narrow"] if _may_narrow(claim) else []
    if claim.state == S.RECEIVED:
        return ["complete", "incomplete", "reject", *narrow]
    if claim.state == S.INCOMPLETE:
        return ["complete", "reject"]
    if claim.state not in (S.STANDING, S.COUNTERED):
        return []
    actions: list[AdminAction] = ["uphold", "reject"]
    if claim.suit_at is None:
        actions.append("suit")
        if (
            claim.state == S.COUNTERED
            and not claim.extended
            and read_terms(claim.profile.terms).extension_count
        ):
            actions.append("extend")
    return actions + narrow


def _may_narrow(claim: Claim) -> bool:
    """Whether it is about more than one episode: of those shown when it came, or of those to which
    it was narrowed before.
    """
    return claim.cut_id is None and len(claim.narrowed_to or claim.shown_cuts) > 1


def claimant_actions(claim: Claim) -> list[ClaimantAction]:
    """What the person who filed the notice may do now."""
    actions: list[ClaimantAction] = []
    if claim.state == S.INCOMPLETE:
        actions.append("supplement")
    if claim.state in (S.STANDING, S.COUNTERED) and claim.suit_at is None:
        actions.append("suit")
    if claim.state in OPEN_STATES:
        actions.append("withdraw")
    return actions


def creator_actions(claim: Claim) -> list[CreatorAction]:
    """What the creator of the work may do now."""
    return ["counter"] if claim.state == S.STANDING else []


def ensure_action_allowed(action: str, allowed: Sequence[str]) -> None:
    """Raise Conflict ``claim_moved_on`` unless ``action`` is one of ``allowed``."""
    if action not in allowed:
        raise Conflict(
            "claim_moved_on",
            LocalizedText(
                "这件投诉现在不能这样处理", "This cannot be done with the claim as it stands"
            ),
            detail=LocalizedText("刷新看看它走到哪一步了", "Reload to see where it is now"),
        )
