"""The routes of every app, under ``/api/v1/``."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from .schema_view import SchemaView

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
    path("schema", SchemaView.as_view()),
]
for app in APPS:
    if find_spec(f"huaben.{app}.routes"):
        urlpatterns.append(path("", include(import_module(f"huaben.{app}.routes").__name__)))
