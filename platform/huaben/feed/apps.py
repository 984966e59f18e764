from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "huaben.feed"
    label = "feed"

    def ready(self) -> None:
        from huaben.core.jobs import declare_job

        from . import listeners, policies, tasks  # noqa: F401  listeners, policies and beat's task register themselves
        from .services import TRAIN

        declare_job(TRAIN, "huaben.feed.jobs.run_training", queue="train", max_attempts=3)
