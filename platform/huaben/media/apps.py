from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "huaben.media"
    label = "media"
