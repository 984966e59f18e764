from django.urls import path

from .api.me import MeView
from .api.people import (
    PersonDeactivateView,
    PersonListView,
    PersonReactivateView,
    PersonRoleView,
    PersonView,
)

urlpatterns = [
    path("me", MeView.as_view()),
    path("people", PersonListView.as_view()),
    path("people/<uuid:user_id>", PersonView.as_view()),
    path("people/<uuid:user_id>/roles/<str:role>", PersonRoleView.as_view()),
    path("people/<uuid:user_id>/deactivate", PersonDeactivateView.as_view()),
    path("people/<uuid:user_id>/reactivate", PersonReactivateView.as_view()),
]
