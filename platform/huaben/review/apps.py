from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "huaben.review"
    label = "review"

    def ready(self) -> None:
        from huaben.core.jobs import declare_job

        from . import gate, listeners, policies  # noqa: F401  keepers, listeners, rooms and policies register

        jobs = "huaben.review.jobs"
        for name in ("label_cut", "moderate_cut"):
            declare_job(
                f"review.{name}",
                f"{jobs}.{name}",
                queue="moderate",
                on_failure=f"{jobs}.fail_its_case",
            )
        # Not behind films: a remark is judged in milliseconds and somebody waits for it.
        speech = "huaben.review.speech.jobs"
        declare_job(
            "review.check_speech", f"{speech}.check_speech", on_failure=f"{speech}.hold_unchecked"
        )
