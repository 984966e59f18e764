"""What Celery's beat asks of premieres.

The sockets of a premiere turn its pages to the moment; this is for one that nobody looks at, and
for a web process that died.
"""

from celery import shared_task
from django.utils import timezone

from .clock import advance_due
from .presence import forget_presence


@shared_task(name="huaben.interactive.advance_premieres", ignore_result=True, expires=2)
def advance_premieres() -> None:
    """Move every premiere whose phase is over."""
    advance_due(timezone.now())


@shared_task(name="huaben.interactive.forget_presence", ignore_result=True, expires=3600)
def forget_old_presence() -> None:
    """Delete what web processes that are gone said of their viewers."""
    forget_presence(timezone.now())
