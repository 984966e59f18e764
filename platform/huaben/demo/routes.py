from django.urls import path

from .api import MailListView, SeasonView

urlpatterns = [
    path("demo/season", SeasonView.as_view()),
    path("demo/mails", MailListView.as_view()),
]
