"""What is answered of files: how to play one, and how an upload stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from huaben.core.localized import LocalizedText
from huaben.core.presenters import JobStatus, present_job
from huaben.core.responses import described

from .left_out import words_for_stream
from .models import Upload
from .services.uploads import safe_offset

UploadState = Literal["receiving", "received", "accepted", "refused"]


@dataclass(frozen=True)
class UploadProblem:
    """Why a finished upload was refused."""

    code: str
    title: LocalizedText
    detail: LocalizedText | None


@dataclass(frozen=True)
class UploadStatus:
    """How an upload stands."""

    id: UUID
    filename: str
    length: int
    offset: int
    state: UploadState
    problem: UploadProblem | None
    examination: JobStatus | None = field(
        metadata=described("How the film's examination stands, once all of it has come.")
    )
    expires_at: datetime
    left_out: list[LocalizedText] = field(
        metadata=described(
            "What the file holds and nobody will see or hear: subtitles, covers, further sound."
        )
    )


def present_upload(upload: Upload) -> UploadStatus:
    """How far an upload has come, and what became of it."""
    problem = upload.problem
    return UploadStatus(
        id=upload.pk,
        filename=upload.filename,
        length=upload.length,
        offset=safe_offset(upload),
        state=_state_of(upload),
        problem=UploadProblem(
            code=problem["code"],
            title=LocalizedText(**problem["title"]),
            detail=LocalizedText(**problem["detail"]) if problem["detail"] else None,
        )
        if problem
        else None,
        examination=present_job(upload.examination) if upload.examination else None,
        expires_at=upload.expires_at,
        left_out=[words_for_stream(stream) for stream in upload.asset.left_out]
        if upload.asset
        else [],
    )


def _state_of(upload: Upload) -> UploadState:
    if upload.problem:
        return "refused"
    if upload.asset_id:
        return "accepted"
    return "received" if upload.offset == upload.length else "receiving"
