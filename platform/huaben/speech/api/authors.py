"""One's own texts: what becomes of them, taking them back, asking for a person; and reports of
others'. Saying something is each place's own address.
"""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
from huaben.core.access import find_allowed, requires
from huaben.core.addresses import client_address, network_digest
from huaben.core.responses import respond, respond_list, serializer_of
from huaben.core.serializers import validated

from ..models import Speech
from ..presenters import SpeechCard, SpeechReason, present_speech, present_speech_reasons
from ..serializers import SpeechObjectionSerializer
from ..services.moderation import report_speech, request_review
from ..services.submission import withdraw_speech


class SpeechView(APIView):
    """One's own text: what became of it; or take it back."""

    permission_classes = [requires("speech.submit_speech")]

    @extend_schema(responses=serializer_of(SpeechCard))
    def get(self, request: Request, speech_id: UUID) -> Response:
        return respond(present_speech(_find_own(request, speech_id), request.user))

    @extend_schema(responses={204: None}, description="Again changes nothing.")
    def delete(self, request: Request, speech_id: UUID) -> Response:
        withdraw_speech(speech=_find_own(request, speech_id), by=request.user)
        return Response(status=204)


class SpeechReasonsView(APIView):
    """Why a text may be refused or reported."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(SpeechReason)(many=True))
    def get(self, request: Request) -> Response:
        return respond_list(SpeechReason, present_speech_reasons())


class SpeechReportView(APIView):
    """Report a text that is shown. One report for each person; again changes nothing."""

    permission_classes = [requires("speech.report_speech")]

    @extend_schema(request=SpeechObjectionSerializer, responses={204: None})
    def post(self, request: Request, speech_id: UUID) -> Response:
        fields = validated(SpeechObjectionSerializer(data=request.data))
        report_speech(
            speech_id=speech_id,
            by=account_of(request),
            network=network_digest(client_address(request._request)),
            **fields,
        )
        return Response(status=204)


class SpeechReviewRequestView(APIView):
    """Ask for a person to read one's own text that the check alone refused."""

    permission_classes = [requires("speech.submit_speech")]

    @extend_schema(request=None, responses=serializer_of(SpeechCard))
    def post(self, request: Request, speech_id: UUID) -> Response:
        speech = request_review(speech_id=speech_id, by=account_of(request))
        return respond(present_speech(speech, request.user))


def _find_own(request: Request, speech_id: UUID) -> Speech:
    rows = Speech.objects.select_related("author")
    return find_allowed(rows, request.user, "speech.withdraw_speech", pk=speech_id)
