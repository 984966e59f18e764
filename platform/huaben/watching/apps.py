from django.apps import AppConfig


class WatchingConfig(AppConfig):
    name = "huaben.watching"
    label = "watching"

    def ready(self) -> None:
        from huaben.core.events import on

        from .services import merge_history

        on("accounts.viewer_merged")(merge_history)

        from .speech import listeners, places  # noqa: F401  rooms, listeners and places register
