from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "huaben.review"
    label = "review"

    def ready(self) -> None:
        from . import gate, jobs, listeners, policies  # noqa: F401  keepers, handlers, listeners and rooms register
