from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "huaben.rights"
    label = "rights"

    def ready(self) -> None:
        from . import gate, policies, tasks  # noqa: F401  the keeper, the policies and beat's task register themselves
