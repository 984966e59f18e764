"""The Celery application. Messages carry job ids and nothing else."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huaben.settings.embedded")

app = Celery("huaben")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["huaben.core"])


@setup_logging.connect
def keep_djangos_logging(**kwargs: object) -> None:
    """Celery would set up logs of its own otherwise."""
