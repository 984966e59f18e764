"""The progress of the demo's season over HTTP."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.responses import respond, respond_list, serializer_of

from .presenters import DemoMail, DemoSeason, present_mail, present_season
from .selectors import list_episodes, list_mails


class SeasonView(APIView):
    """What is being rendered for the demo; empty outside the demo."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(DemoSeason))
    def get(self, request: Request) -> Response:
        return respond(present_season(list_episodes()))


class MailListView(APIView):
    """The newest mails of the demo; none outside it, where mails are sent."""

    permission_classes = [AllowAny]

    @extend_schema(responses=serializer_of(DemoMail)(many=True))
    def get(self, request: Request) -> Response:
        return respond_list(DemoMail, map(present_mail, list_mails()))
