from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "huaben.core"
    label = "core"

    def ready(self) -> None:
        from . import jobs, logs, policies, rooms  # noqa: F401  the outbox learns its topics, rooms their listeners

        logs.configure()
