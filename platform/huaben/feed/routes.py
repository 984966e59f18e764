from django.urls import path

from . import api

urlpatterns = [
    path("feed", api.FeedView.as_view()),
    path("feed/following", api.FollowingFeedView.as_view()),
    path("feed/preferences", api.PreferencesView.as_view()),
    path("feed/preferences/tastes/<slug:slug>", api.TasteView.as_view()),
    path("episodes/<uuid:episode_id>/why", api.WhyView.as_view()),
    path("charts", api.ChartView.as_view()),
    path("ops/train", api.TrainView.as_view()),
]
