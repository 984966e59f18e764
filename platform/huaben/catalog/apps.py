from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "huaben.catalog"
    label = "catalog"

    def ready(self) -> None:
        from . import media_gate, policies  # noqa: F401  reasons and guards register themselves
