"""The routes of every app, under ``/api/v1/``."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

APPS = (
    "core",
    "accounts",
    "media",
    "catalog",
    "speech",
    "watching",
    "studio",
    "review",
    "filing",
    "rights",
    "interactive",
    "feed",
    "cocreation",
    "demo",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "schema",
        SpectacularAPIView.as_view(permission_classes=[AllowAny], authentication_classes=[]),
    )
]
for app in APPS:
    if find_spec(f"huaben.{app}.routes"):
        urlpatterns.append(path("", include(import_module(f"huaben.{app}.routes").__name__)))
