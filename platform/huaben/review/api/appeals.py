"""Creators' appeals over HTTP."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
from huaben.catalog.models import Cut
from huaben.catalog.presenters import StudioCut, present_cut
from huaben.core.access import find_allowed, requires
from huaben.core.responses import respond, serializer_of
from huaben.core.serializers import validated
from huaben.media.playback import previewer_of

from .. import serializers, services


class CutAppealView(APIView):
    """Appeals against the refusal of one's own Cut, once for each decision; another moderator
    reviews it.
    """

    permission_classes = [requires("catalog.make_series")]

    @extend_schema(request=serializers.AppealSerializer, responses={201: serializer_of(StudioCut)})
    def post(self, request: Request, cut_id: UUID) -> Response:
        user = account_of(request)
        rows = Cut.objects.select_related("source", "asset", "episode__series")
        cut = find_allowed(rows, user, "catalog.change_series", pk=cut_id)
        fields = validated(serializers.AppealSerializer(data=request.data))
        services.appeal_decision(cut=cut, by=user, reason=fields["reason"], now=timezone.now())
        return respond(present_cut(cut, previewer_of(request)), status=201)
