"""Signed addresses of packages, outside the API: players ask for them."""

from typing import Any

urlpatterns: list[Any] = []
