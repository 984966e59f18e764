"""Operators keep the list of what never appears. The engine is loaded by the first request."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
from huaben.core.access import requires
from huaben.core.pagination import PAGE_PARAMETERS, read_limit
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of
from huaben.core.serializers import validated

from ..presenters import (
    NeverChangeDetails,
    NeverListSummary,
    NeverPhraseCard,
    present_never_change,
    present_never_list,
    present_never_phrase,
)
from ..selectors import list_never_changes
from ..serializers import (
    NeverPhraseListSerializer,
    NeverPhraseRetireSerializer,
    NeverPhraseWriteSerializer,
)


class NeverListView(APIView):
    """What never appears in public before a person has read it."""

    permission_classes = [requires("speech.keep_never_list")]

    @extend_schema(
        responses=page_serializer(NeverPhraseCard),
        parameters=[NeverPhraseListSerializer, *PAGE_PARAMETERS],
    )
    def get(self, request: Request) -> Response:
        from ..never_list import list_never_phrases

        params = request.query_params
        which = validated(NeverPhraseListSerializer(data=params))
        found, after = list_never_phrases(
            query=which["q"],
            retired=which["state"] == "retired",
            cursor=params.get("cursor"),
            limit=read_limit(params),
        )
        return respond_page(NeverPhraseCard, map(present_never_phrase, found), after)

    @extend_schema(
        request=NeverPhraseWriteSerializer, responses={201: serializer_of(NeverPhraseCard)}
    )
    def post(self, request: Request) -> Response:
        from ..never_list import get_never_phrase
        from ..services.never_list import add_phrase

        fields = validated(NeverPhraseWriteSerializer(data=request.data))
        row = add_phrase(by=account_of(request), **fields)
        return respond(present_never_phrase(get_never_phrase(row)), status=201)


class NeverPhraseRetireView(APIView):
    """Lets a phrase count no more."""

    permission_classes = [requires("speech.keep_never_list")]

    @extend_schema(request=NeverPhraseRetireSerializer, responses=serializer_of(NeverPhraseCard))
    def post(self, request: Request, phrase_id: UUID) -> Response:
        from ..never_list import get_never_phrase
        from ..services.never_list import retire_phrase

        fields = validated(NeverPhraseRetireSerializer(data=request.data))
        row = retire_phrase(
            phrase_id=phrase_id, by=account_of(request), now=timezone.now(), **fields
        )
        return respond(present_never_phrase(get_never_phrase(row)))


class NeverChangeListView(APIView):
    """What operators did with the list, newest first."""

    permission_classes = [requires("speech.keep_never_list")]

    @extend_schema(responses=page_serializer(NeverChangeDetails), parameters=PAGE_PARAMETERS)
    def get(self, request: Request) -> Response:
        from ..never_list import version_of

        params = request.query_params
        found, after = list_never_changes(cursor=params.get("cursor"), limit=read_limit(params))
        rows = [present_never_change(change, version_of(change.pk)) for change in found]
        return respond_page(NeverChangeDetails, rows, after)


class NeverListSummaryView(APIView):
    """The version of the list in force, and the categories that an entry may have."""

    permission_classes = [requires("speech.keep_never_list")]

    @extend_schema(responses=serializer_of(NeverListSummary))
    def get(self, request: Request) -> Response:
        from ..never_list import never_list

        present = never_list()
        return respond(present_never_list(present.version, len(present.entries)))
