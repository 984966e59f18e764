"""What beat starts for accounts."""

from __future__ import annotations

from celery import shared_task

from .services import delete_expired_exports


@shared_task(name="huaben.accounts.delete_expired_exports", ignore_result=True, expires=3600)
def delete_exports() -> None:
    """Delete the exported files whose time is over."""
    delete_expired_exports()
