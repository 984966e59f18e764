"""The review queue over HTTP. Every act answers with the case afterwards."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
from huaben.catalog.facts import AgeNotice
from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import read_limit
from huaben.core.responses import (
    page_serializer,
    respond,
    respond_list,
    respond_page,
    serializer_of,
)
from huaben.core.serializers import validated
from huaben.core.types import JsonObject
from huaben.media.playback import previewer_of

from .. import selectors, serializers, services
from ..models import Case
from ..presenters.cases import CaseCard, CaseDetails, present_case, present_case_card
from ..presenters.decisions import ReasonOption, present_age_notices, present_reason_options


def _respond_case(request: Request, case_id: UUID) -> Response:
    case = find_allowed(selectors.cases(), request.user, "review.use_queue", pk=case_id)
    return respond(present_case(case, previewer_of(request)))


def _run_service(
    request: Request,
    case_id: UUID,
    verb: str,
    fields: JsonObject,
    service: Callable[..., Case],
) -> Response:
    def act() -> tuple[int, None]:
        service(case_id=case_id, by=request.user, **fields)
        return 200, None

    run_idempotently(
        scope=f"review.{verb}:{request.user.pk}",
        key=idempotency_key_of(request),
        request={"case": str(case_id), **fields},
        act=act,
    )
    return _respond_case(request, case_id)


class ReviewCaseListView(APIView):
    """The queue: open cases by risk, decided ones newest first."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        responses=page_serializer(CaseCard),
        parameters=[
            serializers.CaseListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        state = validated(serializers.CaseListSerializer(data=params))["state"]
        cases, next_cursor = selectors.list_cases(
            state=state, cursor=params.get("cursor"), limit=read_limit(params)
        )
        cards = [present_case_card(case, previewer_of(request)) for case in cases]
        return respond_page(CaseCard, cards, next_cursor)


class ReviewCaseView(APIView):
    """One case with everything that a moderator decides from."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(responses=serializer_of(CaseDetails))
    def get(self, request: Request, case_id: UUID) -> Response:
        return _respond_case(request, case_id)


class ReviewTakeView(APIView):
    """Takes a case, so that nobody else decides about it."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(request=None, responses=serializer_of(CaseDetails))
    def post(self, request: Request, case_id: UUID) -> Response:
        services.take_case(case_id=case_id, by=account_of(request))
        return _respond_case(request, case_id)


class ReviewNextView(APIView):
    """Reserves the next case for the moderator who asks; 204 when nothing waits for them."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(request=None, responses={200: serializer_of(CaseDetails), 204: None})
    def post(self, request: Request) -> Response:
        case = services.take_next_case(by=account_of(request))
        return Response(status=204) if case is None else _respond_case(request, case.pk)


class ReviewReleaseView(APIView):
    """Gives a case back to the queue."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(request=None, responses=serializer_of(CaseDetails))
    def post(self, request: Request, case_id: UUID) -> Response:
        services.release_case(case_id=case_id, by=account_of(request))
        return _respond_case(request, case_id)


class ReviewApproveView(APIView):
    """Lets a Cut be shown."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        request=serializers.ApproveSerializer,
        responses=serializer_of(CaseDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        fields = validated(serializers.ApproveSerializer(data=request.data))
        return _run_service(request, case_id, "approve", fields, services.approve_case)


class ReviewRejectView(APIView):
    """Refuses a Cut, with reasons that its creator sees."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        request=serializers.RefuseSerializer,
        responses=serializer_of(CaseDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        fields = validated(serializers.RefuseSerializer(data=request.data))
        return _run_service(request, case_id, "reject", fields, services.reject_case)


class ReviewTakeDownView(APIView):
    """Takes an approved Cut down everywhere at once."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        request=serializers.RefuseSerializer,
        responses=serializer_of(CaseDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        fields = validated(serializers.RefuseSerializer(data=request.data))
        return _run_service(request, case_id, "take_down", fields, services.take_down_case)


class ReviewReopenView(APIView):
    """Puts what was taken down into the queue again, or takes one's own rejection back."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        request=serializers.ReopenSerializer,
        responses=serializer_of(CaseDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        fields = validated(serializers.ReopenSerializer(data=request.data))
        return _run_service(request, case_id, "reopen", fields, services.reopen_case)


class ReviewRestartView(APIView):
    """Has a failed case labelled, packaged or checked again."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(request=None, responses=serializer_of(CaseDetails))
    def post(self, request: Request, case_id: UUID) -> Response:
        services.restart_case(case_id=case_id)
        return _respond_case(request, case_id)


class ReviewReasonsView(APIView):
    """Reasons that a rejection or a take-down may have."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(responses=serializer_of(ReasonOption)(many=True))
    def get(self, request: Request) -> Response:
        return respond_list(ReasonOption, present_reason_options())


class ReviewAgeNoticesView(APIView):
    """Age notices that an approval may carry."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(responses=serializer_of(AgeNotice)(many=True))
    def get(self, request: Request) -> Response:
        return respond_list(AgeNotice, present_age_notices())
