from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "huaben.filing"
    label = "filing"

    def ready(self) -> None:
        from huaben.core.jobs import declare_job

        from . import gate, policies  # noqa: F401  the keeper and the policies register themselves

        declare_job("filing.turn", "huaben.filing.jobs.turn")
