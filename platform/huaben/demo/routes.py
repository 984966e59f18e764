from django.urls import path

from .api import SeasonView

urlpatterns = [path("demo/season", SeasonView.as_view())]
