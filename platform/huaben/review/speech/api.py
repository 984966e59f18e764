"""People's words over HTTP: the moderators' list, reports, and asking for a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.catalog.models import Speech
from huaben.catalog.serializers import SpeechSerializer
from huaben.catalog.speech import speech_view
from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import read_limit
from huaben.core.responses import page_serializer
from huaben.review.reasons import SPEECH_REASONS
from huaben.review.serializers import CodeSerializer

from . import selectors, services
from .serializers import DoubtSerializer, RemarkListSerializer, RemarkSerializer


class ReviewRemarkListView(APIView):
    """What people said: what waits for a person, oldest first; what is shown or refused, newest
    first.
    """

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        responses=page_serializer(RemarkSerializer),
        parameters=[
            RemarkListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        asked = RemarkListSerializer(data=params)
        asked.is_valid(raise_exception=True)
        found, after = selectors.page_of_remarks(
            state=asked.validated_data["state"],
            cursor=params.get("cursor"),
            limit=read_limit(params),
        )
        views = selectors.remark_views(found, request.user)
        return Response({"results": RemarkSerializer(views, many=True).data, "next_cursor": after})


class ReviewRemarkView(APIView):
    """One remark with everything that a moderator decides from."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(responses=RemarkSerializer)
    def get(self, request: Request, speech_id: UUID) -> Response:
        return _answer(request, speech_id)


class ReviewRemarkShowView(APIView):
    """Lets a remark be seen; what is shown and reported stays, and its reports are answered."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(request=None, responses=RemarkSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER)
    def post(self, request: Request, speech_id: UUID) -> Response:
        return _act(request, speech_id, "show", {}, services.show_speech)


class ReviewRemarkRefuseView(APIView):
    """Keeps a remark from being seen, or takes it down, with a reason that its author is told."""

    permission_classes = [requires("review.use_queue")]

    @extend_schema(
        request=DoubtSerializer, responses=RemarkSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, speech_id: UUID) -> Response:
        return _act(request, speech_id, "refuse", _given(request), services.refuse_speech)


class SpeechReasonsView(APIView):
    """Why a remark may be refused or reported."""

    permission_classes = [AllowAny]

    @extend_schema(responses=CodeSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(
            [{"code": code, "text": text.as_dict()} for code, text in SPEECH_REASONS.items()]
        )


class SpeechReportView(APIView):
    """Doubt a remark that is shown. One report for each person; again changes nothing."""

    permission_classes = [requires("review.report_speech")]

    @extend_schema(request=DoubtSerializer, responses={204: None})
    def post(self, request: Request, speech_id: UUID) -> Response:
        services.report_speech(speech_id=speech_id, by=request.user, **_given(request))
        return Response(status=204)


class SpeechAskView(APIView):
    """Ask for a person to read one's own words that the check alone refused."""

    permission_classes = [requires("catalog.say")]

    @extend_schema(request=None, responses=SpeechSerializer)
    def post(self, request: Request, speech_id: UUID) -> Response:
        speech = services.ask_person(speech_id=speech_id, by=request.user)
        return Response(SpeechSerializer(speech_view(speech, request.user)).data)


def _given(request: Request) -> dict[str, Any]:
    given = DoubtSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _act(
    request: Request, speech_id: UUID, verb: str, given: dict[str, Any], do: Callable[..., Speech]
) -> Response:
    def act() -> tuple[int, None]:
        do(speech_id=speech_id, by=request.user, **given)
        return 200, None

    run_idempotently(
        scope=f"review.speech.{verb}:{request.user.pk}",
        key=idempotency_key_of(request),
        request={"speech": str(speech_id), **given},
        act=act,
    )
    return _answer(request, speech_id)


def _answer(request: Request, speech_id: UUID) -> Response:
    speech = find_allowed(selectors.remarks(), request.user, "review.use_queue", pk=speech_id)
    return Response(RemarkSerializer(selectors.remark_views([speech], request.user)[0]).data)
