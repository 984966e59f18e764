from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "huaben.rights"
    label = "rights"

    def ready(self) -> None:
        from . import gate, policies  # noqa: F401  the keeper and the policies register themselves
