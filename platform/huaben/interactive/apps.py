from django.apps import AppConfig


class InteractiveConfig(AppConfig):
    name = "huaben.interactive"
    label = "interactive"

    def ready(self) -> None:
        from huaben.core.events import on

        from .services import merge_playthroughs

        on("accounts.viewer_merged")(merge_playthroughs)
