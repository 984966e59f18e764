from django.urls import path

from .api import proposals, writing

urlpatterns = [
    path("series/<uuid:series_id>/proposals", proposals.ProposalListView.as_view()),
    path("series/<uuid:series_id>/together", proposals.TogetherView.as_view()),
    path("studio/series/<uuid:series_id>/proposals", proposals.StudioProposalListView.as_view()),
    path("proposals/replies", proposals.ProposalReplyListView.as_view()),
    path("proposals/<uuid:proposal_id>", proposals.ProposalView.as_view()),
    path("proposals/<uuid:proposal_id>/support", proposals.ProposalSupportView.as_view()),
    path("proposals/<uuid:proposal_id>/adopt", proposals.ProposalAdoptView.as_view()),
    path("proposals/<uuid:proposal_id>/decline", proposals.ProposalDeclineView.as_view()),
    path("writing", writing.WritingRoomListView.as_view()),
    path("series/<uuid:series_id>/writing", writing.SeriesWritingView.as_view()),
    path("writing/<uuid:room_id>/writers", writing.WriterListView.as_view()),
    path("writing/<uuid:room_id>/writers/<uuid:user_id>", writing.WriterView.as_view()),
    path("writing/<uuid:room_id>/versions", writing.VersionListView.as_view()),
    path("writing/<uuid:room_id>/versions/<uuid:version_id>", writing.VersionView.as_view()),
    path(
        "writing/<uuid:room_id>/versions/<uuid:version_id>/restore",
        writing.VersionRestoreView.as_view(),
    ),
    path("writing/<uuid:room_id>/project", writing.RoomProjectView.as_view()),
]
