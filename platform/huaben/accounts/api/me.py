"""Who am I, over HTTP. Signing up and in is allauth's, under ``/_allauth/browser/v1/``."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.utils.decorators import method_decorator
from django.views.decorators.csrf import ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import requires
from huaben.core.responses import respond, serializer_of
from huaben.core.serializers import validated

from ..models import User
from ..presenters import Me, present_me
from ..selectors import get_standing_removal
from ..serializers import ProfileSerializer
from ..services import update_profile


class MeView(APIView):
    """The person behind the session, or nobody."""

    def get_permissions(self) -> list[BasePermission]:
        changes = self.request.method == "PATCH"
        return [(requires("accounts.change_profile") if changes else AllowAny)()]

    @extend_schema(responses=serializer_of(Me))
    @method_decorator(ensure_csrf_cookie)
    def get(self, request: Request) -> Response:
        return _respond_me(request)

    @extend_schema(request=ProfileSerializer, responses=serializer_of(Me))
    def patch(self, request: Request) -> Response:
        change = validated(ProfileSerializer(data=request.data))
        update_profile(user=cast(User, request.user), **change)
        return _respond_me(request)


def _respond_me(request: Request) -> Response:
    user = request.user if request.user.is_authenticated else None
    viewer_id = UUID(str(request._request.viewer_id))  # type: ignore[attr-defined]
    removal = get_standing_removal(user)
    return respond(present_me(user=user, viewer_id=viewer_id, removal=removal))
