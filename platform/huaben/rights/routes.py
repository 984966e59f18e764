from django.urls import path

from . import api

urlpatterns = [
    path("rights/blocks", api.RightsBlockListView.as_view()),
    path("rights/blocks/<uuid:block_id>/lift", api.RightsLiftView.as_view()),
]
