"""The jurisdictions' terms over HTTP."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
from huaben.core.access import requires
from huaben.core.responses import respond, respond_list, serializer_of
from huaben.core.serializers import validated

from .. import selectors, services
from ..presenters.jurisdictions import Jurisdiction, present_jurisdiction
from ..serializers import JurisdictionWriteSerializer


class RightsProfilesView(APIView):
    """The jurisdictions' terms: every version, and a way to correct them without a release."""

    permission_classes = [requires("rights.keep_claims")]

    @extend_schema(responses=serializer_of(Jurisdiction)(many=True))
    def get(self, request: Request) -> Response:
        return respond_list(Jurisdiction, map(present_jurisdiction, selectors.profiles()))

    @extend_schema(
        request=JurisdictionWriteSerializer, responses={201: serializer_of(Jurisdiction)}
    )
    def post(self, request: Request) -> Response:
        fields = validated(JurisdictionWriteSerializer(data=request.data))
        profile = services.create_profile(
            by=account_of(request), **{**fields, "terms": dict(fields["terms"])}
        )
        return respond(present_jurisdiction(profile), status=201)
