from django.apps import AppConfig


class InteractiveConfig(AppConfig):
    name = "huaben.interactive"
    label = "interactive"
