from django.urls import path

from .api import UploadListView, UploadView

urlpatterns = [
    path("uploads/", UploadListView.as_view()),
    path("uploads/<uuid:upload_id>", UploadView.as_view()),
]
