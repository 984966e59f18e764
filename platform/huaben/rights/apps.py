from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "huaben.rights"
    label = "rights"
