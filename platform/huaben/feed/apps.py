from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "huaben.feed"
    label = "feed"

    def ready(self) -> None:
        from . import jobs, listeners, policies, tasks  # noqa: F401  handlers, listeners, policies and beat's task register
