"""The front end's page, served for every address that its router handles."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie


@ensure_csrf_cookie
def page(request: HttpRequest) -> HttpResponse:
    """Serve ``index.html``, never cached; 503 when the front end has not been built."""
    index = settings.FRONTEND_DIST / "index.html"
    if not index.exists():
        return HttpResponse(
            "The front end has not been built: make run builds it.",
            status=503,
            content_type="text/plain",
        )
    return HttpResponse(index.read_bytes(), headers={"Cache-Control": "no-cache"})
