from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "huaben.api"
    label = "api"
