"""The filing register over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
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

from . import selectors, services
from .models import Filing, NumberCorrection
from .presenters import (
    FilingCard,
    FilingDetails,
    RuleVersionDetails,
    present_filing,
    present_filing_card,
    present_rule_version,
)
from .serializers import (
    ConfirmTitleSerializer,
    CorrectionSerializer,
    FilingListSerializer,
    NumberSerializer,
    RevokeSerializer,
    RuleWriteSerializer,
)


def _respond_filing(request: Request, series_id: UUID) -> Response:
    series = find_allowed(
        selectors.registered_series(), request.user, "filing.keep_register", pk=series_id
    )
    return respond(present_filing(series, request.user))


def _run_service(
    request: Request,
    series_id: UUID,
    verb: str,
    fields: JsonObject,
    service: Callable[..., Filing | NumberCorrection],
) -> Response:
    def act() -> tuple[int, None]:
        service(series_id=series_id, by=request.user, **fields)
        return 200, None

    run_idempotently(
        scope=f"filing.{verb}:{request.user.pk}",
        key=idempotency_key_of(request),
        request={"series": str(series_id), **fields},
        act=act,
    )
    return _respond_filing(request, series_id)


class FilingListView(APIView):
    """The register by state; «none» holds series that have a playable Cut and no number yet."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(
        responses=page_serializer(FilingCard),
        parameters=[
            FilingListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        state = validated(FilingListSerializer(data=params))["state"]
        page, next_cursor = selectors.list_registered_series(
            state=state, cursor=params.get("cursor"), limit=read_limit(params)
        )
        return respond_page(FilingCard, map(present_filing_card, page), next_cursor)


class FilingView(APIView):
    """One series in the register."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(responses=serializer_of(FilingDetails))
    def get(self, request: Request, series_id: UUID) -> Response:
        return _respond_filing(request, series_id)


class FilingNumberView(APIView):
    """Gives a series the number that an authority issued."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(
        request=NumberSerializer,
        responses=serializer_of(FilingDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, series_id: UUID) -> Response:
        fields = validated(NumberSerializer(data=request.data))
        return _run_service(request, series_id, "number", fields, services.assign_number)


class FilingDemonstrationView(APIView):
    """Lets a series of the embedded demo be shown under words that say they are no number."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(
        request=None, responses=serializer_of(FilingDetails), parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, series_id: UUID) -> Response:
        return _run_service(
            request, series_id, "demonstration", {}, services.assign_demonstration_number
        )


class FilingRevokeView(APIView):
    """Takes a number back; the gate closes at once."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(
        request=RevokeSerializer,
        responses=serializer_of(FilingDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, series_id: UUID) -> Response:
        fields = validated(RevokeSerializer(data=request.data))
        return _run_service(request, series_id, "revoke", fields, services.revoke_number)


class FilingConfirmTitleView(APIView):
    """Says that the number stands for the series under its present title too."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(
        request=ConfirmTitleSerializer,
        responses=serializer_of(FilingDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, series_id: UUID) -> Response:
        fields = validated(ConfirmTitleSerializer(data=request.data))
        return _run_service(request, series_id, "confirm_title", fields, services.confirm_title)


class FilingCorrectionsView(APIView):
    """Proposes what a number should have been; another filing admin confirms it."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(
        request=CorrectionSerializer,
        responses=serializer_of(FilingDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, series_id: UUID) -> Response:
        fields = validated(CorrectionSerializer(data=request.data))
        return _run_service(request, series_id, "correct", fields, services.propose_correction)


class FilingCorrectionConfirmView(APIView):
    """Writes a correction into the register, as a second person."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(request=None, responses=serializer_of(FilingDetails))
    def post(self, request: Request, correction_id: UUID) -> Response:
        done = services.confirm_correction(correction_id=correction_id, by=account_of(request))
        return _respond_filing(request, done.filing.series_id)


class FilingCorrectionRefuseView(APIView):
    """Puts a correction aside; the register stays as it is."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(request=None, responses=serializer_of(FilingDetails))
    def post(self, request: Request, correction_id: UUID) -> Response:
        done = services.refuse_correction(correction_id=correction_id, by=account_of(request))
        return _respond_filing(request, done.filing.series_id)


class FilingRulesView(APIView):
    """The tier rules: every version, and a way to correct them without a release."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(responses=serializer_of(RuleVersionDetails)(many=True))
    def get(self, request: Request) -> Response:
        return respond_list(
            RuleVersionDetails, map(present_rule_version, selectors.rule_versions())
        )

    @extend_schema(request=RuleWriteSerializer, responses={201: serializer_of(RuleVersionDetails)})
    def post(self, request: Request) -> Response:
        fields = validated(RuleWriteSerializer(data=request.data))
        fields["tiers"] = [dict(row) for row in fields["tiers"]]
        rule = services.create_rule_version(by=account_of(request), **fields)
        return respond(present_rule_version(rule), status=201)
