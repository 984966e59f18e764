from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class DemoConfig(AppConfig):
    name = "huaben.demo"
    label = "demo"

    def ready(self) -> None:
        """Refuse a production that shows demo accounts, and mails to everybody."""
        if settings.PRODUCTION and settings.DEMO:
            raise ImproperlyConfigured("DEMO cannot be on in production.")
