"""Who am I, over HTTP. Signing up and in is allauth's, under ``/_allauth/browser/v1/``."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import requires

from .demo import demo_accounts
from .models import Role, User
from .services import update_profile


class AccountSerializer(serializers.Serializer):
    """Oneself."""

    id = serializers.UUIDField()
    handle = serializers.CharField()
    display_name = serializers.CharField(source="name")
    email = serializers.EmailField()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    language = serializers.ChoiceField(["zh", "en"])


class DemoAccountSerializer(serializers.Serializer):
    """An account that a visitor of the demo may use."""

    handle = serializers.CharField()
    display_name = serializers.CharField()
    email = serializers.EmailField()
    password = serializers.CharField()
    role = serializers.ChoiceField(Role.choices)


class MeSerializer(serializers.Serializer):
    """Everything that the page needs to know before its first paint."""

    user = AccountSerializer(allow_null=True)
    viewer_id = serializers.UUIDField()
    demo = serializers.BooleanField()
    demo_accounts = DemoAccountSerializer(many=True)
    simulated_audience = serializers.BooleanField()


class ProfileSerializer(serializers.Serializer):
    """What one may change about oneself."""

    display_name = serializers.CharField(max_length=40, required=False, allow_blank=True)
    language = serializers.ChoiceField(["zh", "en"], required=False)


class MeView(APIView):
    """The person behind the session, or nobody."""

    def get_permissions(self) -> list[BasePermission]:
        return [
            (requires("accounts.change_profile") if self.request.method == "PATCH" else AllowAny)()
        ]

    @extend_schema(responses=MeSerializer)
    @method_decorator(ensure_csrf_cookie)
    def get(self, request: Request) -> Response:
        return Response(_me(request))

    @extend_schema(request=ProfileSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        change = ProfileSerializer(data=request.data)
        change.is_valid(raise_exception=True)
        update_profile(user=cast(User, request.user), **change.validated_data)
        return Response(_me(request))


def _me(request: Request) -> dict[str, Any]:
    user = request.user if request.user.is_authenticated else None
    inner = request._request
    facts = {
        "user": user,
        "viewer_id": str(inner.viewer_id),  # type: ignore[attr-defined]
        "demo": settings.DEMO,
        "demo_accounts": demo_accounts(),
        "simulated_audience": settings.DEMO,
    }
    return dict(MeSerializer(facts).data)
