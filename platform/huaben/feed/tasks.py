"""Beat's task of the feed: nightly training, and forgetting what only the last days needed."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from .models import Impression, SeriesChange
from .services import request_training

KEEP_IMPRESSIONS = timedelta(days=90)
KEEP_CHANGES = timedelta(days=1)


@shared_task(name="huaben.feed.train_nightly", ignore_result=True, expires=3600)
def train_nightly() -> None:
    """Enqueue the training as a job, which is what survives a lost message or a killed worker."""
    now = timezone.now()
    Impression.objects.filter(created_at__lt=now - KEEP_IMPRESSIONS).delete()
    SeriesChange.objects.filter(created_at__lt=now - KEEP_CHANGES).delete()
    request_training()
