from django.apps import AppConfig


class SpeechConfig(AppConfig):
    name = "huaben.speech"
    label = "speech"
