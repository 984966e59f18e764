"""Writes of the filing register: numbers, corrections of them, tier rules."""

from .corrections import confirm_correction, propose_correction, refuse_correction
from .numbers import (
    assign_demonstration_number,
    assign_number,
    confirm_title,
    revoke_number,
    update_filing_state,
)
from .rules import create_rule_version

__all__ = [
    "assign_demonstration_number",
    "assign_number",
    "confirm_correction",
    "confirm_title",
    "create_rule_version",
    "propose_correction",
    "refuse_correction",
    "revoke_number",
    "update_filing_state",
]
