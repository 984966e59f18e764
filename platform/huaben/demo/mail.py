"""Django's e-mail backend of the demo: mails are kept, and shown on a page of their own."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from .models import DemoMail

MAX_KEPT = 200


class StoredMails(BaseEmailBackend):
    """Keeps the newest mails instead of sending them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.to:
                DemoMail.objects.create(
                    to=address, subject=str(message.subject), body=str(message.body)
                )
        newest = DemoMail.objects.order_by("-pk").values("pk")[:MAX_KEPT]
        DemoMail.objects.exclude(pk__in=newest).delete()
        return len(email_messages)
