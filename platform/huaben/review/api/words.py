"""New words for what is on stage: the moderators' list, and their decisions."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
from huaben.catalog.models import WordsRevision
from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import PAGE_PARAMETERS, read_limit
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of
from huaben.core.serializers import validated
from huaben.core.types import JsonObject

from .. import selectors, serializers, services
from ..presenters.words import RevisedWords, present_revised_words


class RevisedWordsListView(APIView):
    """New words: what waits for a person, oldest first; what is decided, newest first."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        responses=page_serializer(RevisedWords),
        parameters=[serializers.WordsListSerializer, *PAGE_PARAMETERS],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        found, after = selectors.list_revised_words(
            state=validated(serializers.WordsListSerializer(data=params))["state"],
            cursor=params.get("cursor"),
            limit=read_limit(params),
        )
        return respond_page(RevisedWords, present_revised_words(found, account_of(request)), after)


class RevisedWordsView(APIView):
    """New words of one thing with everything that a moderator decides from."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(responses=serializer_of(RevisedWords))
    def get(self, request: Request, revision_id: UUID) -> Response:
        return _respond(request, revision_id)


class ApproveWordsView(APIView):
    """Puts new words on stage in place of the old."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        request=None, responses=serializer_of(RevisedWords), parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, revision_id: UUID) -> Response:
        return _decide(request, revision_id, "approve", {}, services.approve_words)


class RefuseWordsView(APIView):
    """Refuses new words, with a reason that their author reads; the old ones stay."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        request=serializers.WordsRefuseSerializer,
        responses=serializer_of(RevisedWords),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, revision_id: UUID) -> Response:
        fields = validated(serializers.WordsRefuseSerializer(data=request.data))
        return _decide(request, revision_id, "refuse", fields, services.refuse_words)


def _decide(
    request: Request,
    revision_id: UUID,
    verb: str,
    fields: JsonObject,
    service: Callable[..., WordsRevision],
) -> Response:
    def act() -> tuple[int, None]:
        service(revision_id=revision_id, by=request.user, **fields)
        return 200, None

    run_idempotently(
        scope=f"review.words.{verb}:{request.user.pk}",
        key=idempotency_key_of(request),
        request={"revision": str(revision_id), **fields},
        act=act,
    )
    return _respond(request, revision_id)


def _respond(request: Request, revision_id: UUID) -> Response:
    rows = selectors.revised_words()
    revision = find_allowed(rows, request.user, "review.use_queue", pk=revision_id)
    return respond(present_revised_words([revision], account_of(request))[0])
