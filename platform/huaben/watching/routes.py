from django.urls import path

from .api import comments, viewing

urlpatterns = [
    path("events", viewing.EventsView.as_view()),
    path("history", viewing.HistoryView.as_view()),
    path("history/<uuid:episode_id>", viewing.HistoryItemView.as_view()),
    path("continue-watching", viewing.ContinueWatchingView.as_view()),
    path("favourites", viewing.FavouriteListView.as_view()),
    path("following", viewing.FollowingListView.as_view()),
    path("series/<uuid:series_id>/marks", viewing.SeriesMarksView.as_view()),
    path("series/<uuid:series_id>/favourite", viewing.FavouriteView.as_view()),
    path("series/<uuid:series_id>/not-interested", viewing.NotInterestedView.as_view()),
    path("creators/<uuid:creator_id>/follow", viewing.FollowView.as_view()),
    path("episodes/<uuid:episode_id>/comments", comments.CommentListView.as_view()),
    path("comments/<uuid:comment_id>/replies", comments.ReplyListView.as_view()),
    path("episodes/<uuid:episode_id>/danmaku", comments.DanmakuListView.as_view()),
]
