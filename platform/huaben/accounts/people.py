"""People and what they may do, over HTTP, for an operator."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import find_allowed, requires
from huaben.core.pagination import read_limit
from huaben.core.responses import page_serializer

from . import selectors, services
from .models import Role, User


class PersonCardSerializer(serializers.Serializer):
    """Somebody in the operator's list."""

    id = serializers.UUIDField()
    handle = serializers.CharField()
    display_name = serializers.CharField(source="name")
    email = serializers.EmailField()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    is_active = serializers.BooleanField()
    date_joined = serializers.DateTimeField()
    last_login = serializers.DateTimeField(allow_null=True)


class PersonChangeSerializer(serializers.Serializer):
    """One change of what somebody may do."""

    at = serializers.DateTimeField()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    is_active = serializers.BooleanField()
    by = serializers.CharField(
        allow_null=True, help_text="Handle; null: signing up, or a command on the machine."
    )


class PersonRecordSerializer(PersonCardSerializer):
    """Somebody, with how their roles came about."""

    changes = PersonChangeSerializer(many=True)
    oneself = serializers.BooleanField()


class PersonListSerializer(serializers.Serializer):
    """Which people."""

    q = serializers.CharField(
        max_length=100, allow_blank=True, default="", help_text="Part of handle, name or address."
    )
    role = serializers.ChoiceField(["", *Role.values], default="")


def _answer(request: Request, user_id: UUID) -> Response:
    person = find_allowed(User.objects.all(), request.user, "accounts.keep_people", pk=user_id)
    fields = ("id", "handle", "name", "email", "roles", "is_active", "date_joined", "last_login")
    body: dict[str, Any] = {name: getattr(person, name) for name in fields}
    body |= {"changes": selectors.changes_of(person), "oneself": person.pk == request.user.pk}
    return Response(PersonRecordSerializer(body).data)


class PersonListView(APIView):
    """Accounts, newest first."""

    permission_classes = [requires("accounts.keep_people")]

    @extend_schema(
        responses=page_serializer(PersonCardSerializer),
        parameters=[
            PersonListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        which = PersonListSerializer(data=params)
        which.is_valid(raise_exception=True)
        query, role = which.validated_data["q"], which.validated_data["role"]
        found, after = selectors.page_of_people(
            query=query, role=role, cursor=params.get("cursor"), limit=read_limit(params)
        )
        return Response(
            {"results": PersonCardSerializer(found, many=True).data, "next_cursor": after}
        )


class PersonView(APIView):
    """One account."""

    permission_classes = [requires("accounts.keep_people")]

    @extend_schema(responses=PersonRecordSerializer)
    def get(self, request: Request, user_id: UUID) -> Response:
        return _answer(request, user_id)


class PersonRoleView(APIView):
    """Gives somebody a role, or takes it. Repeating either changes nothing."""

    permission_classes = [requires("accounts.keep_people")]

    @extend_schema(request=None, responses=PersonRecordSerializer)
    def put(self, request: Request, user_id: UUID, role: str) -> Response:
        services.grant_role(user_id=user_id, role=role, by=request.user)
        return _answer(request, user_id)

    @extend_schema(responses={200: PersonRecordSerializer})
    def delete(self, request: Request, user_id: UUID, role: str) -> Response:
        services.take_role(user_id=user_id, role=role, by=request.user)
        return _answer(request, user_id)


class PersonDeactivateView(APIView):
    """Shuts an account; its sessions end at once."""

    permission_classes = [requires("accounts.keep_people")]

    @extend_schema(request=None, responses=PersonRecordSerializer)
    def post(self, request: Request, user_id: UUID) -> Response:
        services.deactivate_account(user_id=user_id, by=request.user)
        return _answer(request, user_id)


class PersonReactivateView(APIView):
    """Opens an account again."""

    permission_classes = [requires("accounts.keep_people")]

    @extend_schema(request=None, responses=PersonRecordSerializer)
    def post(self, request: Request, user_id: UUID) -> Response:
        services.reactivate_account(user_id=user_id, by=request.user)
        return _answer(request, user_id)
