from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "huaben.media"
    label = "media"

    def ready(self) -> None:
        from huaben.core.jobs import declare_job

        from . import policies, tasks  # noqa: F401  they register themselves

        declare_job(
            "media.package_asset",
            "huaben.media.jobs.package_asset",
            queue="transcode",
            max_attempts=4,
            on_failure="huaben.media.jobs.give_up",
        )
