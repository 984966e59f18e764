"""The Celery application. Messages carry job ids and nothing else."""

from celery import Celery
from celery.signals import setup_logging, worker_process_init

from huaben.named_settings import require_named_settings

require_named_settings()

app = Celery("huaben")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["huaben.core"])


@setup_logging.connect
def keep_djangos_logging(**kwargs: object) -> None:
    """Celery would set up logs of its own otherwise."""


@worker_process_init.connect
def warm_up_worker(**kwargs: object) -> None:
    """Each process of a worker loads what its jobs need before the first one comes."""
    from .warming import warm_up_later

    warm_up_later()
