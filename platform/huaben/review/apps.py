from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "huaben.review"
    label = "review"

    def ready(self) -> None:
        from huaben.core.jobs import declare_job

        from . import gate, listeners, policies  # noqa: F401  keepers, listeners, rooms and policies register

        jobs = "huaben.review.jobs"
        for name in ("label_cut", "moderate_cut"):
            declare_job(f"review.{name}", f"{jobs}.{name}", queue="moderate", on_failure=f"{jobs}.fail_its_case")
