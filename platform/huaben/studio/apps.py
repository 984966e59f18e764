from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "huaben.studio"
    label = "studio"

    def ready(self) -> None:
        from huaben.core.jobs import declare_job

        from . import policies  # noqa: F401  rooms register themselves

        for step in ("write_outline", "write_script", "draw_storyboard", "render_episode"):
            declare_job(f"studio.{step}", f"huaben.studio.jobs.{step}", queue="render")
