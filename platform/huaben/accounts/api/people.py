"""People and what they may do, over HTTP, for an operator."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
from huaben.core.access import find_allowed, requires
from huaben.core.pagination import PAGE_PARAMETERS, read_limit
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of
from huaben.core.serializers import validated

from .. import selectors, services
from ..models import User
from ..presenters import PersonCard, PersonRecord, present_person_card, present_person_record
from ..serializers import NameRemovalSerializer, PersonListSerializer, RecoverySerializer


class PersonListView(APIView):
    """Accounts, newest first."""

    permission_classes = [requires("accounts.manage_people")]

    @extend_schema(
        responses=page_serializer(PersonCard), parameters=[PersonListSerializer, *PAGE_PARAMETERS]
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        which = validated(PersonListSerializer(data=params))
        people, next_cursor = selectors.page_of_people(
            query=which["q"],
            role=which["role"],
            cursor=params.get("cursor"),
            limit=read_limit(params),
        )
        return respond_page(PersonCard, map(present_person_card, people), next_cursor)


class PersonView(APIView):
    """One account."""

    permission_classes = [requires("accounts.manage_people")]

    @extend_schema(responses=serializer_of(PersonRecord))
    def get(self, request: Request, user_id: UUID) -> Response:
        return _respond_person(request, user_id)


class PersonRoleView(APIView):
    """Gives somebody a role, or takes it. Repeating either changes nothing."""

    permission_classes = [requires("accounts.manage_people")]

    @extend_schema(request=None, responses=serializer_of(PersonRecord))
    def put(self, request: Request, user_id: UUID, role: str) -> Response:
        services.grant_role(user_id=user_id, role=role, by=account_of(request))
        return _respond_person(request, user_id)

    @extend_schema(responses={200: serializer_of(PersonRecord)})
    def delete(self, request: Request, user_id: UUID, role: str) -> Response:
        services.revoke_role(user_id=user_id, role=role, by=account_of(request))
        return _respond_person(request, user_id)


class PersonDeactivateView(APIView):
    """Shuts an account; its sessions end at once."""

    permission_classes = [requires("accounts.manage_people")]

    @extend_schema(request=None, responses=serializer_of(PersonRecord))
    def post(self, request: Request, user_id: UUID) -> Response:
        services.deactivate_account(user_id=user_id, by=account_of(request))
        return _respond_person(request, user_id)


class PersonReactivateView(APIView):
    """Opens an account again."""

    permission_classes = [requires("accounts.manage_people")]

    @extend_schema(request=None, responses=serializer_of(PersonRecord))
    def post(self, request: Request, user_id: UUID) -> Response:
        services.reactivate_account(user_id=user_id, by=account_of(request))
        return _respond_person(request, user_id)


class PersonRecoveryView(APIView):
    """Asks that the second factors of somebody who has lost them be removed."""

    permission_classes = [requires("accounts.manage_people")]

    @extend_schema(request=RecoverySerializer, responses=serializer_of(PersonRecord))
    def post(self, request: Request, user_id: UUID) -> Response:
        fields = validated(RecoverySerializer(data=request.data))
        services.request_recovery(user_id=user_id, by=account_of(request), **fields)
        return _respond_person(request, user_id)


class PersonNameRemovalView(APIView):
    """Takes somebody's display name away; they are told why."""

    permission_classes = [requires("accounts.manage_people")]

    @extend_schema(request=NameRemovalSerializer, responses=serializer_of(PersonRecord))
    def post(self, request: Request, user_id: UUID) -> Response:
        fields = validated(NameRemovalSerializer(data=request.data))
        services.remove_display_name(
            user_id=user_id,
            by=account_of(request),
            reason=fields["reason"],
            site=request.get_host(),
            settings_url=request.build_absolute_uri("/me/settings"),
            now=timezone.now(),
        )
        return _respond_person(request, user_id)


class PersonRecoveryApproveView(APIView):
    """Removes them, as another operator asked within a day."""

    permission_classes = [requires("accounts.manage_people")]

    @extend_schema(request=None, responses=serializer_of(PersonRecord))
    def post(self, request: Request, user_id: UUID) -> Response:
        services.approve_recovery(
            user_id=user_id,
            by=account_of(request),
            site=request.get_host(),
            reset_url=request.build_absolute_uri("/password/reset"),
        )
        return _respond_person(request, user_id)


def _respond_person(request: Request, user_id: UUID) -> Response:
    person = find_allowed(User.objects.all(), request.user, "accounts.manage_people", pk=user_id)
    return respond(
        present_person_record(
            person,
            selectors.role_changes_of(person),
            viewed_by=account_of(request),
            factors=selectors.count_factors(person),
            recovery=selectors.get_pending_recovery(person),
            removals=selectors.list_name_removals(person),
        )
    )
