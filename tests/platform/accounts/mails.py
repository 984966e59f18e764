"""The mails that a test has caused, as they would leave."""

from __future__ import annotations

import re
from urllib.parse import unquote

from django.core import mail
from django.core.mail import EmailMessage

from huaben.core.jobs import run_job
from huaben.core.models import Job


def deliver() -> list[EmailMessage]:
    """Run the jobs that send mails, and return what has been sent since the last call."""
    for job_id in Job.objects.filter(kind="accounts.send_mail", state="queued").values_list(
        "pk", flat=True
    ):
        run_job(job_id)
    sent, mail.outbox = list(mail.outbox), []
    return sent


def link_in(message: EmailMessage) -> str:
    """The path of the first address in a mail."""
    found = re.search(r"https?://[^/\s]+(/\S*)", str(message.body))
    assert found, message.body
    return unquote(found.group(1))
