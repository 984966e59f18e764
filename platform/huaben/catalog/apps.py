from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "huaben.catalog"
    label = "catalog"
