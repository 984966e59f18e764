from django.apps import AppConfig


class InteractiveConfig(AppConfig):
    name = "huaben.interactive"
    label = "interactive"

    def ready(self) -> None:
        from huaben.core.events import on

        from . import policies, tasks  # noqa: F401  policies and beat's tasks register themselves
        from .services import merge_playthroughs
        from .votes import merge_votes

        on("accounts.viewer_merged")(merge_playthroughs)
        on("accounts.viewer_merged")(merge_votes)
