from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "huaben.review"
    label = "review"
