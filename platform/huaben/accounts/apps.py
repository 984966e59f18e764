from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "huaben.accounts"
    label = "accounts"
