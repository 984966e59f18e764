from django.urls import path

from .api import JobCancelView, JobListView, JobView

urlpatterns = [
    path("jobs", JobListView.as_view()),
    path("jobs/<uuid:job_id>", JobView.as_view()),
    path("jobs/<uuid:job_id>/cancel", JobCancelView.as_view()),
]
