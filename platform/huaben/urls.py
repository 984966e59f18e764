"""Every address of the platform."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path

from huaben.api.page import page
from huaben.core.health import metrics
from huaben.core.localized import LocalizedText
from huaben.core.middleware import server_error
from huaben.core.problems import problem_page

urlpatterns = [
    path("metrics", metrics),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/v1/", include("huaben.api.urls")),
    path("media/", include("huaben.media.urls")),
    re_path(r"^(?!api/|media/|static/|_allauth/|ws/).*$", page),
]


def _not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_page(request, "not_found", LocalizedText("没有找到", "Not found"), 404)


handler404 = _not_found
handler500 = server_error
