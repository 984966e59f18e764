from django.urls import path

from . import api
from .speech import api as speech

urlpatterns = [
    path("events", api.EventsView.as_view()),
    path("history", api.HistoryView.as_view()),
    path("history/<uuid:episode_id>", api.HistoryItemView.as_view()),
    path("continue-watching", api.ContinueWatchingView.as_view()),
    path("favourites", api.FavouriteListView.as_view()),
    path("following", api.FollowingListView.as_view()),
    path("series/<uuid:series_id>/marks", api.SeriesMarksView.as_view()),
    path("series/<uuid:series_id>/favourite", api.FavouriteView.as_view()),
    path("series/<uuid:series_id>/not-interested", api.NotInterestedView.as_view()),
    path("creators/<uuid:creator_id>/follow", api.FollowView.as_view()),
    path("episodes/<uuid:episode_id>/comments", speech.CommentListView.as_view()),
    path("comments/<uuid:comment_id>/replies", speech.ReplyListView.as_view()),
    path("episodes/<uuid:episode_id>/danmaku", speech.DanmakuListView.as_view()),
]
