"""Writes of copyright: claims, jurisdictions' terms and blocks."""

from .blocks import block_series, lift_block
from .counter_notices import counter_claim, restore_due
from .decisions import (
    confirm_claim,
    extend_wait,
    mark_incomplete,
    narrow_claim,
    record_suit_as_admin,
    reject_claim,
    uphold_claim,
)
from .notices import create_claim, record_suit, supplement_claim, withdraw_claim
from .profiles import create_profile, get_profile_in_force

__all__ = [
    "block_series",
    "confirm_claim",
    "counter_claim",
    "create_claim",
    "create_profile",
    "extend_wait",
    "get_profile_in_force",
    "lift_block",
    "mark_incomplete",
    "narrow_claim",
    "record_suit",
    "record_suit_as_admin",
    "reject_claim",
    "restore_due",
    "supplement_claim",
    "uphold_claim",
    "withdraw_claim",
]
