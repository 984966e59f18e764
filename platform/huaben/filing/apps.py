from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "huaben.filing"
    label = "filing"
