"""Work of accounts that waits for something: a mail server. Bears to be started twice."""

from __future__ import annotations

from uuid import UUID

from django.core.mail import EmailMessage

from huaben.core.jobs import RunningJob, job
from huaben.core.models import Job
from huaben.core.types import JsonObject

from .services import save_export


def forget_mail(job: Job) -> None:
    """A mail that could not be sent: its links are nobody's any more."""
    job.args = {}
    job.save(update_fields=["args"])


@job("accounts.send_mail", max_attempts=8, on_failure=forget_mail)
def send_mail(job: RunningJob) -> JsonObject:
    """Send one mail: ``to``, ``subject``, ``body``. Sent twice when the worker dies in between."""
    mail = job.args
    EmailMessage(mail["subject"], mail["body"], to=[mail["to"]]).send()
    # The row stays for months, and the links in it should not.
    Job.objects.filter(pk=job.id).update(args={})
    return {"sent": True}


@job("accounts.export")
def export_data(job: RunningJob) -> JsonObject:
    """Put somebody's data together."""
    export = save_export(export_id=UUID(job.args["export_id"]), job=job)
    return {"size": export.size}
