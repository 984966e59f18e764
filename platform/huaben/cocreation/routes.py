from django.urls import path

from .api import proposals, writing_rooms

urlpatterns = [
    path("series/<uuid:series_id>/proposals", proposals.ProposalListView.as_view()),
    path("series/<uuid:series_id>/together", proposals.SeriesCreditsView.as_view()),
    path("studio/series/<uuid:series_id>/proposals", proposals.StudioProposalListView.as_view()),
    path("proposals/replies", proposals.ProposalReplyListView.as_view()),
    path("proposals/<uuid:proposal_id>", proposals.ProposalView.as_view()),
    path("proposals/<uuid:proposal_id>/support", proposals.ProposalSupportView.as_view()),
    path("proposals/<uuid:proposal_id>/adopt", proposals.ProposalAdoptView.as_view()),
    path("proposals/<uuid:proposal_id>/decline", proposals.ProposalDeclineView.as_view()),
    path("writing", writing_rooms.WritingRoomListView.as_view()),
    path("series/<uuid:series_id>/writing", writing_rooms.SeriesWritingRoomView.as_view()),
    path("writing/<uuid:room_id>/writers", writing_rooms.WriterListView.as_view()),
    path("writing/<uuid:room_id>/writers/<uuid:user_id>", writing_rooms.WriterView.as_view()),
    path("writing/<uuid:room_id>/versions", writing_rooms.VersionListView.as_view()),
    path("writing/<uuid:room_id>/versions/<uuid:version_id>", writing_rooms.VersionView.as_view()),
    path(
        "writing/<uuid:room_id>/versions/<uuid:version_id>/restore",
        writing_rooms.VersionRestoreView.as_view(),
    ),
    path("writing/<uuid:room_id>/project", writing_rooms.WritingRoomProjectView.as_view()),
]
