"""Writes of review: taking a Cut in, keeping what the checks saw, deciding."""

from .checks import save_report
from .decisions import (
    approve_automatically,
    approve_case,
    reject_case,
    release_case,
    reopen_case,
    take_case,
    take_down_case,
)
from .intake import begin_checks, fail_case, open_case, package_labelled, restart_case, save_label

__all__ = [
    "approve_automatically",
    "approve_case",
    "begin_checks",
    "fail_case",
    "open_case",
    "package_labelled",
    "reject_case",
    "release_case",
    "reopen_case",
    "restart_case",
    "save_label",
    "save_report",
    "take_case",
    "take_down_case",
]
