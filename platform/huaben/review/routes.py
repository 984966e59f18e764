from django.urls import path

from . import api

urlpatterns = [
    path("review/cases", api.ReviewCaseListView.as_view()),
    path("review/cases/<uuid:case_id>", api.ReviewCaseView.as_view()),
    path("review/cases/<uuid:case_id>/take", api.ReviewTakeView.as_view()),
    path("review/cases/<uuid:case_id>/release", api.ReviewReleaseView.as_view()),
    path("review/cases/<uuid:case_id>/approve", api.ReviewApproveView.as_view()),
    path("review/cases/<uuid:case_id>/reject", api.ReviewRejectView.as_view()),
    path("review/cases/<uuid:case_id>/take-down", api.ReviewTakeDownView.as_view()),
    path("review/cases/<uuid:case_id>/reopen", api.ReviewReopenView.as_view()),
    path("review/cases/<uuid:case_id>/restart", api.ReviewRestartView.as_view()),
    path("review/reasons", api.ReviewReasonsView.as_view()),
    path("review/age-notices", api.ReviewAgeNoticesView.as_view()),
]
