from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "huaben.studio"
    label = "studio"
