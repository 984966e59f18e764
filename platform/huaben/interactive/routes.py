from django.urls import path

from .api import PlaythroughListView, PlaythroughView, RestartView

urlpatterns = [
    path("playthroughs", PlaythroughListView.as_view()),
    path("playthroughs/<uuid:playthrough_id>", PlaythroughView.as_view()),
    path("playthroughs/<uuid:playthrough_id>/restart", RestartView.as_view()),
]
