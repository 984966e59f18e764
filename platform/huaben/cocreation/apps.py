from django.apps import AppConfig


class CocreationConfig(AppConfig):
    name = "huaben.cocreation"
    label = "cocreation"

    def ready(self) -> None:
        from . import policies, rooms  # noqa: F401  policies and the outbox's topic register themselves
