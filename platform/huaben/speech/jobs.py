"""Checking what somebody said. Bears to be started twice."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from huaben.core.jobs import RunningJob, job
from huaben.core.models import Job
from huaben.core.types import JsonObject
from huaben.core.warming import worker_warmups

from .models import Speech
from .services import moderation

MAX_WAITING = 64


def hold_unchecked(job: Job) -> None:
    """A check that ended without a verdict: a person reads the text."""
    moderation.hold_unchecked(speech_id=job.args["speech_id"])


@job("speech.check_speech", queue="speech", on_failure=hold_unchecked)
def check_speech(job: RunningJob) -> JsonObject:
    """Check a text, and show, hold or refuse it."""
    speech = Speech.objects.get(pk=job.args["speech_id"])
    if speech.state != Speech.State.CHECKING:
        # Withdrawn meanwhile, or an earlier attempt got as far as the commit.
        return {"state": speech.state}
    from .engine import check_text

    report = check_text(speech.text, _texts_that_wait)
    with transaction.atomic():
        job.fence()
        speech = moderation.save_check_result(speech_id=speech.pk, report=report)
    return {"state": speech.state, "verdict": report.verdict}


def _texts_that_wait() -> Iterable[str]:
    """What waits for its check, the oldest first: as fair turns come, they are next."""
    waiting = Speech.objects.filter(state=Speech.State.CHECKING).order_by("pk")
    return waiting.values_list("text", flat=True)[:MAX_WAITING]


@worker_warmups.register("speech")
def load_text_models() -> None:
    """The first remark would wait some three seconds for the classifier, lists and models."""
    from .engine import check_text

    check_text("好")
