from django.urls import path

from .api import writing

urlpatterns = [
    path("writing", writing.WritingRoomListView.as_view()),
    path("series/<uuid:series_id>/writing", writing.SeriesWritingView.as_view()),
    path("writing/<uuid:room_id>/writers", writing.WriterListView.as_view()),
    path("writing/<uuid:room_id>/writers/<uuid:user_id>", writing.WriterView.as_view()),
    path("writing/<uuid:room_id>/versions", writing.VersionListView.as_view()),
    path("writing/<uuid:room_id>/versions/<uuid:version_id>", writing.VersionView.as_view()),
    path("writing/<uuid:room_id>/versions/<uuid:version_id>/restore", writing.VersionRestoreView.as_view()),
    path("writing/<uuid:room_id>/project", writing.RoomProjectView.as_view()),
]
