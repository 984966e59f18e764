from django.urls import path

from .api import authors, moderators

urlpatterns = [
    path("speech/reasons", authors.SpeechReasonsView.as_view()),
    path("speech/<uuid:speech_id>", authors.SpeechView.as_view()),
    path("speech/<uuid:speech_id>/report", authors.SpeechReportView.as_view()),
    path("speech/<uuid:speech_id>/request-review", authors.SpeechReviewRequestView.as_view()),
    path("review/speech", moderators.ModerationQueueView.as_view()),
    path("review/speech/<uuid:speech_id>", moderators.ModeratedSpeechView.as_view()),
    path("review/speech/<uuid:speech_id>/show", moderators.ShowSpeechView.as_view()),
    path("review/speech/<uuid:speech_id>/refuse", moderators.RefuseSpeechView.as_view()),
]
