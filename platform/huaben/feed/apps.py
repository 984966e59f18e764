from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "huaben.feed"
    label = "feed"
