from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "huaben.filing"
    label = "filing"

    def ready(self) -> None:
        from . import gate, jobs, policies  # noqa: F401  the keeper, the handlers and the policies register themselves
