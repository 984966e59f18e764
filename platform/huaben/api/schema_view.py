"""Hands out the OpenAPI schema."""

from __future__ import annotations

from threading import Lock
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.encoding import force_bytes
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request


class SchemaView(SpectacularAPIView):
    """The schema is the same as long as the process lives: it is made, and written out in each
    format that is asked for, once. Making it takes most of a second.
    """

    permission_classes = [AllowAny]
    authentication_classes = []
    _written: ClassVar[dict[str, bytes]] = {}
    _lock: ClassVar[Lock] = Lock()

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The schema as OpenAPI 3.1."""
        renderer = request.accepted_renderer
        with self._lock:  # whoever comes meanwhile waits for the first, instead of doing it too
            if renderer.media_type not in self._written:
                schema = self.generator_class().get_schema(request=None, public=True)
                written = renderer.render(schema, renderer.media_type)
                self._written[renderer.media_type] = force_bytes(written)
        return HttpResponse(
            self._written[renderer.media_type],
            content_type=renderer.media_type,
            headers={"Cache-Control": "public, max-age=300"},
        )
