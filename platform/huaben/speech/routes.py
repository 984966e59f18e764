from django.urls import path

from .api import authors, moderators, never_list

urlpatterns = [
    path("speech/reasons", authors.SpeechReasonsView.as_view()),
    path("speech/<uuid:speech_id>", authors.SpeechView.as_view()),
    path("speech/<uuid:speech_id>/report", authors.SpeechReportView.as_view()),
    path("speech/<uuid:speech_id>/request-review", authors.SpeechReviewRequestView.as_view()),
    path("never-list", never_list.NeverListView.as_view()),
    path("never-list/summary", never_list.NeverListSummaryView.as_view()),
    path("never-list/changes", never_list.NeverChangeListView.as_view()),
    path("never-list/<uuid:phrase_id>/retire", never_list.NeverPhraseRetireView.as_view()),
    path("review/speech", moderators.ModerationQueueView.as_view()),
    path("review/speech/<uuid:speech_id>", moderators.ModeratedSpeechView.as_view()),
    path("review/speech/<uuid:speech_id>/show", moderators.ShowSpeechView.as_view()),
    path("review/speech/<uuid:speech_id>/refuse", moderators.RefuseSpeechView.as_view()),
]
