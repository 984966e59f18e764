"""Periodic tasks of premieres.

The hub of a premiere moves it on to the moment while anybody is connected; these tasks are for a
premiere without viewers, and for a web process that died.
"""

from celery import shared_task
from django.utils import timezone

from .services import advance_due_premieres, delete_old_presence


@shared_task(name="huaben.interactive.advance_premieres", ignore_result=True, expires=2)
def advance_premieres() -> None:
    """Move every premiere whose phase is over."""
    advance_due_premieres(now=timezone.now())


@shared_task(name="huaben.interactive.delete_old_presence", ignore_result=True, expires=3600)
def delete_presence_of_gone_processes() -> None:
    """Delete what processes that are gone reported of their viewers."""
    delete_old_presence(now=timezone.now())
