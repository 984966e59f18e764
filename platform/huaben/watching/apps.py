from django.apps import AppConfig


class WatchingConfig(AppConfig):
    name = "huaben.watching"
    label = "watching"

    def ready(self) -> None:
        from huaben.core.events import on

        from .services import merge_history

        on("accounts.viewer_merged")(merge_history)
