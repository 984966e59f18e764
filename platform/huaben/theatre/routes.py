from django.urls import path

from .api import TheatreView

urlpatterns = [path("theatre", TheatreView.as_view())]
