from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "huaben.studio"
    label = "studio"

    def ready(self) -> None:
        from . import jobs, policies  # noqa: F401  handlers and rooms register themselves
