"""The review desk over HTTP. Every act answers with the case as it stands afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import read_limit
from huaben.core.responses import page_serializer
from huaben.core.serializers import validated

from . import selectors, serializers, services
from .desk import case_card, case_view
from .models import Case
from .reasons import AGE_NOTICES, REASONS


def _answer(request: Request, case_id: UUID) -> Response:
    case = find_allowed(selectors.cases(), request.user, "review.use_queue", pk=case_id)
    return Response(serializers.CaseSerializer(case_view(case, request.user)).data)


def _act(
    request: Request, case_id: UUID, verb: str, given: dict[str, Any], do: Callable[..., Case]
) -> Response:
    def act() -> tuple[int, None]:
        do(case_id=case_id, by=request.user, **given)
        return 200, None

    run_idempotently(
        scope=f"review.{verb}:{request.user.pk}",
        key=idempotency_key_of(request),
        request={"case": str(case_id), **given},
        act=act,
    )
    return _answer(request, case_id)


class ReviewCaseListView(APIView):
    """The queue: open cases by risk, decided ones newest first."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        responses=page_serializer(serializers.CaseCardSerializer),
        parameters=[
            serializers.ListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        state = validated(serializers.ListSerializer(data=params))["state"]
        found, after = selectors.page_of_cases(
            state=state, cursor=params.get("cursor"), limit=read_limit(params)
        )
        cards = [case_card(case, request.user) for case in found]
        return Response(
            {
                "results": serializers.CaseCardSerializer(cards, many=True).data,
                "next_cursor": after,
            },
        )


class ReviewCaseView(APIView):
    """One case with everything that a moderator decides from."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(responses=serializers.CaseSerializer)
    def get(self, request: Request, case_id: UUID) -> Response:
        return _answer(request, case_id)


class ReviewTakeView(APIView):
    """Takes a case, so that nobody else decides about it."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(request=None, responses=serializers.CaseSerializer)
    def post(self, request: Request, case_id: UUID) -> Response:
        services.take_case(case_id=case_id, by=request.user)
        return _answer(request, case_id)


class ReviewReleaseView(APIView):
    """Gives a case back to the queue."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(request=None, responses=serializers.CaseSerializer)
    def post(self, request: Request, case_id: UUID) -> Response:
        services.release_case(case_id=case_id, by=request.user)
        return _answer(request, case_id)


class ReviewApproveView(APIView):
    """Lets a Cut be shown."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        request=serializers.ApproveSerializer,
        responses=serializers.CaseSerializer,
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        given = validated(serializers.ApproveSerializer(data=request.data))
        return _act(request, case_id, "approve", given, services.approve_case)


class ReviewRejectView(APIView):
    """Refuses a Cut, with reasons that its creator sees."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        request=serializers.RefuseSerializer,
        responses=serializers.CaseSerializer,
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        given = validated(serializers.RefuseSerializer(data=request.data))
        return _act(request, case_id, "reject", given, services.reject_case)


class ReviewTakeDownView(APIView):
    """Takes an approved Cut down everywhere at once."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        request=serializers.RefuseSerializer,
        responses=serializers.CaseSerializer,
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        given = validated(serializers.RefuseSerializer(data=request.data))
        return _act(request, case_id, "take_down", given, services.take_down_case)


class ReviewReopenView(APIView):
    """Puts what was taken down into the queue again."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        request=serializers.ReopenSerializer,
        responses=serializers.CaseSerializer,
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, case_id: UUID) -> Response:
        given = validated(serializers.ReopenSerializer(data=request.data))
        return _act(request, case_id, "reopen", given, services.reopen_case)


class ReviewRestartView(APIView):
    """Has a failed case labelled, packaged or checked again."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(request=None, responses=serializers.CaseSerializer)
    def post(self, request: Request, case_id: UUID) -> Response:
        services.restart_case(case_id=case_id)
        return _answer(request, case_id)


class ReviewReasonsView(APIView):
    """Reasons that a no may have."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(responses=serializers.CodeSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response([{"code": code, "text": text.as_dict()} for code, text in REASONS.items()])


class ReviewAgeNoticesView(APIView):
    """Age notices that a yes may carry."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(responses=serializers.CodeSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(
            [{"code": code, "text": text.as_dict()} for code, text in AGE_NOTICES.items()]
        )
