from django.urls import path

from .api.data import AccountView, ExportFileView, ExportListView
from .api.me import MeView
from .api.people import (
    PersonDeactivateView,
    PersonListView,
    PersonNameRemovalView,
    PersonReactivateView,
    PersonRecoveryApproveView,
    PersonRecoveryView,
    PersonRoleView,
    PersonView,
)

urlpatterns = [
    path("me", MeView.as_view()),
    path("me/account", AccountView.as_view()),
    path("me/exports", ExportListView.as_view()),
    path("me/exports/<uuid:export_id>/file", ExportFileView.as_view()),
    path("people", PersonListView.as_view()),
    path("people/<uuid:user_id>", PersonView.as_view()),
    path("people/<uuid:user_id>/roles/<str:role>", PersonRoleView.as_view()),
    path("people/<uuid:user_id>/name/remove", PersonNameRemovalView.as_view()),
    path("people/<uuid:user_id>/recovery", PersonRecoveryView.as_view()),
    path("people/<uuid:user_id>/recovery/approve", PersonRecoveryApproveView.as_view()),
    path("people/<uuid:user_id>/deactivate", PersonDeactivateView.as_view()),
    path("people/<uuid:user_id>/reactivate", PersonReactivateView.as_view()),
]
