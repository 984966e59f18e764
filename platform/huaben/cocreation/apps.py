from django.apps import AppConfig


class CocreationConfig(AppConfig):
    name = "huaben.cocreation"
    label = "cocreation"
