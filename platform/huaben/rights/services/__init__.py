"""Writes of copyright: blocks, and claims on their way."""

from .answering import counter_claim, restore_due
from .blocks import block_series, lift_block
from .deciding import (
    confirm_claim,
    extend_wait,
    mark_incomplete,
    record_suit,
    reject_claim,
    uphold_claim,
)
from .notices import (
    claim_id_of,
    note_suit,
    receive_notice,
    secret_of,
    supplement_notice,
    withdraw_claim,
)
from .profiles import add_profile, profile_for

__all__ = [
    "add_profile",
    "block_series",
    "claim_id_of",
    "confirm_claim",
    "counter_claim",
    "extend_wait",
    "lift_block",
    "mark_incomplete",
    "note_suit",
    "profile_for",
    "receive_notice",
    "record_suit",
    "reject_claim",
    "restore_due",
    "secret_of",
    "supplement_notice",
    "uphold_claim",
    "withdraw_claim",
]
