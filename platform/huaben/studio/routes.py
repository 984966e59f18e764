from django.urls import path

from . import api

urlpatterns = [
    path("studio/projects", api.ProjectListView.as_view()),
    path("studio/projects/<uuid:project_id>", api.ProjectView.as_view()),
    path("studio/projects/<uuid:project_id>/outline", api.ProjectOutlineView.as_view()),
    path("studio/projects/<uuid:project_id>/script", api.ProjectScriptView.as_view()),
    path("studio/projects/<uuid:project_id>/advance", api.ProjectAdvanceView.as_view()),
    path("studio/projects/<uuid:project_id>/story", api.StoryView.as_view()),
    path("studio/projects/<uuid:project_id>/story/corrections", api.StoryCorrectionsView.as_view()),
    path("studio/projects/<uuid:project_id>/story/material", api.StoryMaterialView.as_view()),
    path("studio/projects/<uuid:project_id>/drafts/<int:seed>/keep", api.DraftKeepView.as_view()),
    path("studio/projects/<uuid:project_id>/stills/<int:number>", api.StillView.as_view()),
]
