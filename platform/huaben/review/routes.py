from django.urls import path

from .api import appeals, cases, words

urlpatterns = [
    path("cuts/<uuid:cut_id>/appeal", appeals.CutAppealView.as_view()),
    path("review/cases", cases.ReviewCaseListView.as_view()),
    path("review/cases/next", cases.ReviewNextView.as_view()),
    path("review/cases/<uuid:case_id>", cases.ReviewCaseView.as_view()),
    path("review/cases/<uuid:case_id>/take", cases.ReviewTakeView.as_view()),
    path("review/cases/<uuid:case_id>/release", cases.ReviewReleaseView.as_view()),
    path("review/cases/<uuid:case_id>/approve", cases.ReviewApproveView.as_view()),
    path("review/cases/<uuid:case_id>/reject", cases.ReviewRejectView.as_view()),
    path("review/cases/<uuid:case_id>/take-down", cases.ReviewTakeDownView.as_view()),
    path("review/cases/<uuid:case_id>/reopen", cases.ReviewReopenView.as_view()),
    path("review/cases/<uuid:case_id>/restart", cases.ReviewRestartView.as_view()),
    path("review/words", words.RevisedWordsListView.as_view()),
    path("review/words/<uuid:revision_id>", words.RevisedWordsView.as_view()),
    path("review/words/<uuid:revision_id>/approve", words.ApproveWordsView.as_view()),
    path("review/words/<uuid:revision_id>/refuse", words.RefuseWordsView.as_view()),
    path("review/reasons", cases.ReviewReasonsView.as_view()),
    path("review/age-notices", cases.ReviewAgeNoticesView.as_view()),
]
