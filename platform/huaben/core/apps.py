from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

# What an app says of itself when the process starts: who may do what, what it does when something
# happened, who runs which job, what it answers to the apps below. ``manage.py wiring`` prints it.
WIRED_MODULES = ("policies", "keepers", "receivers", "outbox", "jobs", "tasks")


class CoreConfig(AppConfig):
    name = "huaben.core"
    label = "core"

    def ready(self) -> None:
        from . import logs

        autodiscover_modules(*WIRED_MODULES)
        logs.configure()
