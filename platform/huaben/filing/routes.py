from django.urls import path

from . import api

urlpatterns = [
    path("filing/filings", api.FilingListView.as_view()),
    path("filing/filings/<uuid:series_id>", api.FilingView.as_view()),
    path("filing/filings/<uuid:series_id>/number", api.FilingNumberView.as_view()),
    path("filing/filings/<uuid:series_id>/demonstration", api.FilingDemonstrationView.as_view()),
    path("filing/filings/<uuid:series_id>/revoke", api.FilingRevokeView.as_view()),
    path("filing/filings/<uuid:series_id>/confirm-title", api.FilingConfirmTitleView.as_view()),
    path("filing/filings/<uuid:series_id>/corrections", api.FilingCorrectionsView.as_view()),
    path(
        "filing/corrections/<uuid:correction_id>/confirm",
        api.FilingCorrectionConfirmView.as_view(),
    ),
    path(
        "filing/corrections/<uuid:correction_id>/refuse", api.FilingCorrectionRefuseView.as_view()
    ),
    path("filing/rules", api.FilingRulesView.as_view()),
]
