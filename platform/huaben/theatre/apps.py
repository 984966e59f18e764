from django.apps import AppConfig


class TheatreConfig(AppConfig):
    name = "huaben.theatre"
    label = "theatre"
