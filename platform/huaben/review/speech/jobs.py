"""Checking what somebody said. Bears to be started twice."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from huaben.catalog.models import Speech
from huaben.core.jobs import RunningJob, job
from huaben.core.models import Job

from . import services


def hold_unchecked(job: Job) -> None:
    """A check that ended without a verdict: a person reads it."""
    services.hold_unchecked(speech_id=job.args["speech_id"])


@job("review.check_speech", on_failure=hold_unchecked)
def check_speech(job: RunningJob) -> dict[str, Any]:
    """Judge a remark, and show, hold or refuse it."""
    speech = Speech.objects.get(pk=job.args["speech_id"])
    if (
        speech.state != Speech.State.CHECKING
    ):  # withdrawn meanwhile, or an earlier try got as far as the commit
        return {"state": speech.state}
    from huaben.review.engine import check_remark

    report = check_remark(speech.text)
    with transaction.atomic():
        job.fence()
        speech = services.save_verdict(speech_id=speech.pk, report=report)
    return {"state": speech.state, "verdict": report.verdict}
