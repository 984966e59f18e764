"""What the platform says of long work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .localized import LocalizedText
from .models import Job
from .types import JsonObject


@dataclass(frozen=True)
class JobProgress:
    """How far a job is within its present step."""

    step: str
    done: float
    total: float
    note: LocalizedText | None
    preview_url: str | None


@dataclass(frozen=True)
class JobError:
    """Why a job ended without its work done."""

    code: str
    title: LocalizedText | None
    detail: LocalizedText | None


@dataclass(frozen=True)
class JobStatus:
    """A job as pages and rooms show it."""

    id: UUID
    kind: str
    state: Job.State
    progress: JobProgress | None
    attempts: int
    error: JobError | None
    created_at: datetime
    finished_at: datetime | None


def present_job(job: Job) -> JobStatus:
    """A job's state, progress and error."""
    progress, error = job.progress, job.error
    return JobStatus(
        id=job.pk,
        kind=job.kind,
        state=Job.State(job.state),
        progress=JobProgress(
            step=progress["step"],
            done=progress["done"],
            total=progress["total"],
            note=_text(progress["note"]),
            preview_url=progress["preview_url"],
        )
        if progress
        else None,
        attempts=job.attempts,
        error=JobError(
            code=error["code"], title=_text(error.get("title")), detail=_text(error.get("detail"))
        )
        if error
        else None,
        created_at=job.created_at,
        finished_at=job.finished_at,
    )


def _text(stored: JsonObject | None) -> LocalizedText | None:
    return LocalizedText(**stored) if stored else None
