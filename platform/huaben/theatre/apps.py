from django.apps import AppConfig


class TheatreConfig(AppConfig):
    name = "huaben.theatre"
    label = "theatre"

    def ready(self) -> None:
        from . import jobs, listeners  # noqa: F401  handlers, rooms and listeners register themselves
