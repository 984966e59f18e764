"""Writes of review: preparing a case, saving what the checks saw, deciding."""

from .decisions import (
    approve_automatically,
    approve_case,
    reject_case,
    release_case,
    reopen_case,
    take_case,
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

__all__ = [
    "approve_automatically",
    "approve_case",
    "fail_case",
    "open_case",
    "package_labelled_cut",
    "reject_case",
    "release_case",
    "reopen_case",
    "restart_case",
    "save_label",
    "save_report",
    "start_checks",
    "take_case",
    "take_down_case",
]
