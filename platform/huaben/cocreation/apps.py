from django.apps import AppConfig


class CocreationConfig(AppConfig):
    name = "huaben.cocreation"
    label = "cocreation"

    def ready(self) -> None:
        from huaben.catalog.speech import register_places
        from huaben.core.events import on

        from . import policies, rooms  # noqa: F401  policies and the outbox's topic register themselves
        from .selectors.proposals import places_of
        from .services.proposals import follow_speech

        on("catalog.speech_settled")(follow_speech)
        register_places("proposal", places_of)
