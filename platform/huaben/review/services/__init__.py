"""Writes of review: preparing a case, saving what the checks saw, deciding."""

from .appeals import appeal_decision
from .decisions import (
    approve_automatically,
    approve_case,
    reject_case,
    reopen_case,
    take_down_case,
)
from .preparation import (
    fail_case,
    open_case,
    package_labelled_cut,
    restart_case,
    save_label,
    start_checks,
)
from .reports import save_report
from .reservations import release_case, take_case, take_next_case
from .words import (
    approve_words,
    hold_unchecked_words,
    refuse_words,
    request_words_check,
    save_words_check,
)

__all__ = [
    "appeal_decision",
    "approve_automatically",
    "approve_case",
    "approve_words",
    "fail_case",
    "hold_unchecked_words",
    "open_case",
    "package_labelled_cut",
    "refuse_words",
    "reject_case",
    "release_case",
    "reopen_case",
    "request_words_check",
    "restart_case",
    "save_label",
    "save_report",
    "save_words_check",
    "start_checks",
    "take_case",
    "take_down_case",
    "take_next_case",
]
