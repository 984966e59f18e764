from django.urls import path

from .api import making, speaking, viewing

urlpatterns = [
    path("genres", viewing.GenreListView.as_view()),
    path("collections", viewing.CollectionListView.as_view()),
    path("series", viewing.SeriesListView.as_view()),
    path("series/<uuid:series_id>", viewing.SeriesView.as_view()),
    path("series/<uuid:series_id>/episodes", making.EpisodeListView.as_view()),
    path("series/<uuid:series_id>/graph", making.GraphView.as_view()),
    path("episodes/<uuid:episode_id>", viewing.EpisodeView.as_view()),
    path("episodes/<uuid:episode_id>/playback", viewing.PlaybackView.as_view()),
    path("episodes/<uuid:episode_id>/next", viewing.NextView.as_view()),
    path("episodes/<uuid:episode_id>/cuts", making.CutListView.as_view()),
    path("cuts/<uuid:cut_id>", making.CutView.as_view()),
    path("cuts/<uuid:cut_id>/gate", making.GateView.as_view()),
    path("speech/<uuid:speech_id>", speaking.SpeechView.as_view()),
    path("studio/series", making.StudioSeriesListView.as_view()),
    path("studio/series/<uuid:series_id>", making.StudioSeriesView.as_view()),
]
