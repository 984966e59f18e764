"""Periodic tasks of media."""

from celery import shared_task

from .services import sweep_uploads as sweep


@shared_task(name="huaben.media.sweep_uploads", ignore_result=True, expires=600)
def sweep_uploads() -> None:
    """Remove uploads whose time is over."""
    sweep()
