from django.apps import AppConfig


class WatchingConfig(AppConfig):
    name = "huaben.watching"
    label = "watching"
