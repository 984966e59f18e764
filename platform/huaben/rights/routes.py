from django.urls import path

from .api import admin_claims, blocks, creator_claims, notices, profiles

urlpatterns = [
    path("rights/notices", notices.NoticeListView.as_view()),
    path("rights/notices/<str:secret>", notices.NoticeView.as_view()),
    path("rights/notices/<str:secret>/supplement", notices.NoticeSupplementView.as_view()),
    path("rights/notices/<str:secret>/suit", notices.NoticeSuitView.as_view()),
    path("rights/notices/<str:secret>/withdraw", notices.NoticeWithdrawView.as_view()),
    path("rights/claims", admin_claims.ClaimListView.as_view()),
    path("rights/claims/<uuid:claim_id>", admin_claims.ClaimView.as_view()),
    path("rights/claims/<uuid:claim_id>/complete", admin_claims.ClaimCompleteView.as_view()),
    path("rights/claims/<uuid:claim_id>/incomplete", admin_claims.ClaimIncompleteView.as_view()),
    path("rights/claims/<uuid:claim_id>/reject", admin_claims.ClaimRejectView.as_view()),
    path("rights/claims/<uuid:claim_id>/uphold", admin_claims.ClaimUpholdView.as_view()),
    path("rights/claims/<uuid:claim_id>/narrow", admin_claims.ClaimNarrowView.as_view()),
    path("rights/claims/<uuid:claim_id>/suit", admin_claims.ClaimSuitView.as_view()),
    path("rights/claims/<uuid:claim_id>/extend", admin_claims.ClaimExtendView.as_view()),
    path("rights/profiles", profiles.RightsProfilesView.as_view()),
    path("rights/blocks", blocks.RightsBlockListView.as_view()),
    path("rights/blocks/<uuid:block_id>/lift", blocks.RightsLiftView.as_view()),
    path("studio/claims", creator_claims.StudioClaimListView.as_view()),
    path("studio/claims/<uuid:claim_id>", creator_claims.StudioClaimView.as_view()),
    path("studio/claims/<uuid:claim_id>/counter", creator_claims.StudioClaimCounterView.as_view()),
]
