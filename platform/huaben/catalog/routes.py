from django.urls import path

from .api import public, studio

urlpatterns = [
    path("genres", public.GenreListView.as_view()),
    path("collections", public.CollectionListView.as_view()),
    path("series", public.SeriesListView.as_view()),
    path("series/<uuid:series_id>", public.SeriesView.as_view()),
    path("series/<uuid:series_id>/episodes", studio.EpisodeListView.as_view()),
    path("series/<uuid:series_id>/graph", studio.GraphView.as_view()),
    path("episodes/<uuid:episode_id>", public.EpisodeView.as_view()),
    path("episodes/<uuid:episode_id>/playback", public.PlaybackView.as_view()),
    path("episodes/<uuid:episode_id>/next", public.NextEpisodeView.as_view()),
    path("episodes/<uuid:episode_id>/cuts", studio.CutListView.as_view()),
    path("cuts/<uuid:cut_id>", studio.CutView.as_view()),
    path("cuts/<uuid:cut_id>/gate", studio.GateView.as_view()),
    path("studio/series", studio.StudioSeriesListView.as_view()),
    path("studio/series/<uuid:series_id>", studio.StudioSeriesView.as_view()),
    path("studio/series/<uuid:series_id>/words", studio.StudioWordsListView.as_view()),
    path("studio/words/<uuid:revision_id>/withdraw", studio.StudioWordsWithdrawView.as_view()),
]
