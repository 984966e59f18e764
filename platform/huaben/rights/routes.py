from django.urls import path

from .api import answers, blocks, desk, notices

urlpatterns = [
    path("rights/notices", notices.NoticeListView.as_view()),
    path("rights/notices/<str:secret>", notices.NoticeView.as_view()),
    path("rights/notices/<str:secret>/supplement", notices.NoticeSupplementView.as_view()),
    path("rights/notices/<str:secret>/suit", notices.NoticeSuitView.as_view()),
    path("rights/notices/<str:secret>/withdraw", notices.NoticeWithdrawView.as_view()),
    path("rights/claims", desk.ClaimListView.as_view()),
    path("rights/claims/<uuid:claim_id>", desk.ClaimView.as_view()),
    path("rights/claims/<uuid:claim_id>/complete", desk.ClaimCompleteView.as_view()),
    path("rights/claims/<uuid:claim_id>/incomplete", desk.ClaimIncompleteView.as_view()),
    path("rights/claims/<uuid:claim_id>/reject", desk.ClaimRejectView.as_view()),
    path("rights/claims/<uuid:claim_id>/uphold", desk.ClaimUpholdView.as_view()),
    path("rights/claims/<uuid:claim_id>/suit", desk.ClaimSuitView.as_view()),
    path("rights/claims/<uuid:claim_id>/extend", desk.ClaimExtendView.as_view()),
    path("rights/profiles", desk.RightsProfilesView.as_view()),
    path("rights/blocks", blocks.RightsBlockListView.as_view()),
    path("rights/blocks/<uuid:block_id>/lift", blocks.RightsLiftView.as_view()),
    path("studio/claims", answers.StudioClaimListView.as_view()),
    path("studio/claims/<uuid:claim_id>", answers.StudioClaimView.as_view()),
    path("studio/claims/<uuid:claim_id>/counter", answers.StudioClaimCounterView.as_view()),
]
