"""Filings whose day has come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from huaben.core.jobs import RunningJob, job

from .services import turn_filing


@job("filing.turn")
def turn(job: RunningJob) -> dict[str, Any]:
    """Put a number in force, or let it expire."""
    turn_filing(series_id=UUID(job.args["series_id"]))
    return {}
