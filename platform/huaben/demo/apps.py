from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "huaben.demo"
    label = "demo"
