"""Signed addresses of packages, outside the API: players ask for them."""

from django.urls import path

from .serving import package_file

urlpatterns = [path("p/<str:ticket>/<path:path>", package_file)]
