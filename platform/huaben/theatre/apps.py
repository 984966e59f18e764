from django.apps import AppConfig


class TheatreConfig(AppConfig):
    name = "huaben.theatre"
    label = "theatre"

    def ready(self) -> None:
        from huaben.core.jobs import declare_job

        from . import listeners  # noqa: F401  rooms and listeners register themselves

        jobs = "huaben.theatre.jobs"
        declare_job("theatre.open", f"{jobs}.open_season")
        declare_job(
            "theatre.make_episode",
            f"{jobs}.make_episode",
            queue="render",
            on_failure=f"{jobs}.go_on",
        )
        declare_job("theatre.simulate_audience", f"{jobs}.fill_seats", queue="train")
