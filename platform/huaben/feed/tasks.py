"""Periodic task of the feed: nightly clean-up and training."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from .services import delete_expired_rows, request_training


@shared_task(name="huaben.feed.train_nightly", ignore_result=True, expires=3600)
def train_nightly() -> None:
    """Delete what is too old, and enqueue the training as a job, which survives a lost message or a
    killed worker.
    """
    delete_expired_rows(now=timezone.now())
    request_training()
