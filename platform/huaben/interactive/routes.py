from django.urls import path

from .api import playthroughs, premieres

urlpatterns = [
    path("playthroughs", playthroughs.PlaythroughListView.as_view()),
    path("playthroughs/<uuid:playthrough_id>", playthroughs.PlaythroughView.as_view()),
    path("playthroughs/<uuid:playthrough_id>/restart", playthroughs.RestartView.as_view()),
    path("premieres", premieres.ProgrammeView.as_view()),
    path("premieres/<uuid:premiere_id>", premieres.PremiereView.as_view()),
    path("premieres/<uuid:premiere_id>/votes", premieres.VoteListView.as_view()),
    path("studio/series/<uuid:series_id>/premieres", premieres.StudioPremiereListView.as_view()),
    path("studio/premieres/<uuid:premiere_id>/cancel", premieres.PremiereCancelView.as_view()),
]
