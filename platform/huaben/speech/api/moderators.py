"""The moderators' lists of what people said, and their decisions."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import read_limit
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of
from huaben.core.serializers import validated
from huaben.core.types import JsonObject

from ..models import Speech
from ..presenters import ModeratedSpeech, present_moderated_speech
from ..selectors import list_moderation_queue, moderated_speech
from ..serializers import ModerationQueueSerializer, SpeechObjectionSerializer
from ..services.moderation import refuse_speech, show_speech


class ModerationQueueView(APIView):
    """What people said: what waits for a person, oldest first; what is shown or refused, newest
    first.
    """

    permission_classes = [requires("speech.use_queue")]

    @extend_schema(
        responses=page_serializer(ModeratedSpeech),
        parameters=[
            ModerationQueueSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        found, after = list_moderation_queue(
            state=validated(ModerationQueueSerializer(data=params))["state"],
            cursor=params.get("cursor"),
            limit=read_limit(params),
        )
        return respond_page(ModeratedSpeech, present_moderated_speech(found, request.user), after)


class ModeratedSpeechView(APIView):
    """One text with everything that a moderator decides from."""

    permission_classes = [requires("speech.use_queue")]

    @extend_schema(responses=serializer_of(ModeratedSpeech))
    def get(self, request: Request, speech_id: UUID) -> Response:
        return _respond(request, speech_id)


class ShowSpeechView(APIView):
    """Shows a text; what is shown and reported stays, and its reports are answered."""

    permission_classes = [requires("speech.use_queue")]

    @extend_schema(
        request=None,
        responses=serializer_of(ModeratedSpeech),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, speech_id: UUID) -> Response:
        return _decide(request, speech_id, "show", {}, show_speech)


class RefuseSpeechView(APIView):
    """Refuses a text, or takes it down, with a reason that its author reads."""

    permission_classes = [requires("speech.use_queue")]

    @extend_schema(
        request=SpeechObjectionSerializer,
        responses=serializer_of(ModeratedSpeech),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, speech_id: UUID) -> Response:
        fields = validated(SpeechObjectionSerializer(data=request.data))
        return _decide(request, speech_id, "refuse", fields, refuse_speech)


def _decide(
    request: Request,
    speech_id: UUID,
    verb: str,
    fields: JsonObject,
    service: Callable[..., Speech],
) -> Response:
    def act() -> tuple[int, None]:
        service(speech_id=speech_id, by=request.user, **fields)
        return 200, None

    run_idempotently(
        scope=f"speech.{verb}:{request.user.pk}",
        key=idempotency_key_of(request),
        request={"speech": str(speech_id), **fields},
        act=act,
    )
    return _respond(request, speech_id)


def _respond(request: Request, speech_id: UUID) -> Response:
    speech = find_allowed(moderated_speech(), request.user, "speech.use_queue", pk=speech_id)
    return respond(present_moderated_speech([speech], request.user)[0])
