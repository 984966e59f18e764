"""Jobs of filings: a number comes into force, or expires."""

from __future__ import annotations

from uuid import UUID

from huaben.core.jobs import RunningJob, job
from huaben.core.types import JsonObject

from .services import update_filing_state


@job("filing.update_state")
def update_state(job: RunningJob) -> JsonObject:
    """Put a number in force, or let it expire, as its dates say."""
    update_filing_state(series_id=UUID(job.args["series_id"]))
    return {}
