from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "huaben.media"
    label = "media"

    def ready(self) -> None:
        from . import jobs, policies, tasks  # noqa: F401  they register themselves
