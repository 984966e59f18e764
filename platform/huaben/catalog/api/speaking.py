"""One's own words: how they fare, and taking them back. Saying them is each place's own address."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import find_allowed, requires

from ..models import Speech
from ..serializers import SpeechSerializer
from ..speech import speech_view, withdraw


class SpeechView(APIView):
    """One's own remark: what became of it; or take it back."""

    permission_classes = [requires("catalog.say")]

    @extend_schema(responses=SpeechSerializer)
    def get(self, request: Request, speech_id: UUID) -> Response:
        return Response(SpeechSerializer(speech_view(_own(request, speech_id), request.user)).data)

    @extend_schema(responses={204: None}, description="Again changes nothing.")
    def delete(self, request: Request, speech_id: UUID) -> Response:
        withdraw(speech=_own(request, speech_id), by=request.user)
        return Response(status=204)


def _own(request: Request, speech_id: UUID) -> Speech:
    rows = Speech.objects.select_related("author")
    return find_allowed(rows, request.user, "catalog.withdraw_speech", pk=speech_id)
