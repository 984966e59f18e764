"""Periodic tasks of rights."""

from celery import shared_task

from .services import restore_due as restore


@shared_task(name="huaben.rights.restore_due", ignore_result=True, expires=600)
def restore_due() -> None:
    """Show again the works whose claim was countered and whose waiting period is over."""
    restore()
