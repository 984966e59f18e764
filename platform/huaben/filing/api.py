"""The filing register over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.catalog.serializers import PersonSerializer
from huaben.core.access import find_allowed, may, requires
from huaben.core.calendar import today
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import read_limit
from huaben.core.responses import page_serializer
from huaben.core.serializers import LocalizedTextSerializer, validated

from . import selectors, services
from .models import Filing, RuleVersion
from .tiers import read_tiers


class FilingSeriesSerializer(serializers.Serializer):
    """The series of a filing."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    synopsis = serializers.CharField()
    creator = PersonSerializer()


class FilingCardSerializer(serializers.Serializer):
    """A series in the register."""

    series = FilingSeriesSerializer()
    state = serializers.ChoiceField(Filing.State.choices)
    waits = serializers.BooleanField(help_text="Some Cut of it lacks nothing but the number.")
    number = serializers.CharField(allow_blank=True)
    demonstration = serializers.BooleanField()
    tier = serializers.ChoiceField(["", *Filing.Tier.values])
    authority = serializers.CharField(allow_blank=True)
    issued_on = serializers.DateField(allow_null=True)
    in_force_from = serializers.DateField(allow_null=True)
    expires_on = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    rule_version = serializers.CharField(allow_null=True)
    by = serializers.CharField(allow_null=True, help_text="Name of who changed it last.")
    changed_at = serializers.DateTimeField(allow_null=True)


class FilingEventSerializer(serializers.Serializer):
    """One change of a filing."""

    at = serializers.DateTimeField()
    state = serializers.ChoiceField(Filing.State.choices)
    number = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    by = serializers.CharField(allow_null=True)


class TierSerializer(serializers.Serializer):
    """One tier of a rule version."""

    tier = serializers.ChoiceField(Filing.Tier.choices)
    name = LocalizedTextSerializer()
    budget_from_fen = serializers.IntegerField()
    budget_below_fen = serializers.IntegerField(allow_null=True)
    special_theme = serializers.BooleanField()
    number_pattern = serializers.CharField()
    example = serializers.CharField()
    pattern_certainty = serializers.CharField()


class RuleSerializer(serializers.Serializer):
    """One version of the tier rules."""

    version = serializers.CharField()
    kind = serializers.ChoiceField(RuleVersion.Kind.choices)
    effective = serializers.DateField()
    certainty = serializers.ChoiceField(RuleVersion.Certainty.choices)
    sources = serializers.ListField(child=serializers.CharField())
    special_themes = serializers.ListField(child=serializers.CharField())
    tiers = TierSerializer(many=True)


class FilingSerializer(FilingCardSerializer):
    """A series in the register, with its history and the rules that a number given today falls
    under.
    """

    budget_fen = serializers.IntegerField(allow_null=True)
    special_theme = serializers.CharField(allow_blank=True)
    rule = RuleSerializer(allow_null=True)
    history = FilingEventSerializer(many=True)
    may_file = serializers.BooleanField(help_text="False for a series of one's own.")
    demonstration_allowed = serializers.BooleanField()


class NumberSerializer(serializers.Serializer):
    """A number that an authority gave."""

    number = serializers.CharField(max_length=60)
    tier = serializers.ChoiceField(Filing.Tier.choices)
    issued_on = serializers.DateField()
    authority = serializers.CharField(max_length=60, allow_blank=True, default="")
    in_force_from = serializers.DateField(allow_null=True, default=None)
    expires_on = serializers.DateField(allow_null=True, default=None)
    budget_fen = serializers.IntegerField(
        min_value=0, max_value=10**15, allow_null=True, default=None
    )
    special_theme = serializers.CharField(max_length=20, allow_blank=True, default="")
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class RevokeSerializer(serializers.Serializer):
    """Why a number is taken back."""

    reason = serializers.CharField(max_length=1000)


class FilingListSerializer(serializers.Serializer):
    """Which list of the register."""

    state = serializers.ChoiceField(Filing.State.choices, default=Filing.State.NONE)


class TierWriteSerializer(serializers.Serializer):
    """One tier as a filing admin writes it; amounts are whole fen."""

    tier = serializers.ChoiceField(Filing.Tier.choices)
    zh = serializers.CharField(max_length=20)
    en = serializers.CharField(max_length=30)
    budget_from_fen = serializers.IntegerField(min_value=0)
    budget_below_fen = serializers.IntegerField(min_value=1, allow_null=True)
    special_theme = serializers.BooleanField()
    number_pattern = serializers.CharField(max_length=200)
    example = serializers.CharField(max_length=60)
    pattern_certainty = serializers.ChoiceField(RuleVersion.Certainty.choices)


class RuleWriteSerializer(serializers.Serializer):
    """A new version of the tier rules, or a correction of one."""

    version = serializers.CharField(max_length=60)
    kind = serializers.ChoiceField(RuleVersion.Kind.choices)
    effective = serializers.DateField()
    certainty = serializers.ChoiceField(RuleVersion.Certainty.choices)
    sources = serializers.ListField(
        child=serializers.CharField(max_length=200), min_length=1, max_length=10
    )
    special_themes = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=30
    )
    tiers = TierWriteSerializer(many=True)


def _card(series: Any) -> dict[str, Any]:
    filing = getattr(series, "filing", None) or Filing()
    maker = series.creator
    return {
        "series": {
            "id": series.pk,
            "title": series.title,
            "synopsis": series.synopsis,
            "creator": {"id": maker.pk, "handle": maker.handle, "display_name": maker.name},
        },
        "waits": series.waits,
        "rule_version": filing.rule.version if filing.rule else None,
        "by": filing.by.name if filing.by else None,
        **{
            name: getattr(filing, name)
            for name in (
                "state", "number", "demonstration", "tier", "authority", "issued_on", "in_force_from", "expires_on",
                "note", "reason", "changed_at", "budget_fen", "special_theme",
            )
        },
    }  # fmt: skip


def _rule(rule: RuleVersion) -> dict[str, Any]:
    return {
        "version": rule.version,
        "kind": rule.kind,
        "effective": rule.effective,
        "certainty": rule.certainty,
        "sources": rule.sources,
        "special_themes": rule.special_themes,
        "tiers": [
            {
                "tier": one.tier,
                "name": one.name.as_dict(),
                "budget_from_fen": one.budget_from,
                "budget_below_fen": one.budget_below,
                "special_theme": one.special_theme,
                "number_pattern": one.number_pattern,
                "example": one.example,
                "pattern_certainty": one.pattern_certainty,
            }
            for one in read_tiers(rule.tiers).values()
        ],
    }


def _answer(request: Request, series_id: UUID) -> Response:
    series: Any = find_allowed(
        selectors.register(), request.user, "filing.keep_register", pk=series_id
    )
    filing = getattr(series, "filing", None)
    history = selectors.history_of(filing) if filing else []
    body = {
        **_card(series),
        "rule": _rule(
            filing.rule if filing and filing.rule else services.rule_for(series=series, day=today())
        ),
        "history": [
            {
                "at": event.pgh_created_at,
                "state": event.state,
                "number": event.number,
                "reason": event.reason,
                "by": event.by.name if event.by else None,
            }
            for event in history
        ],
        "may_file": may(request.user, "filing.file_series", series),
        "demonstration_allowed": settings.DEMO,
    }
    return Response(FilingSerializer(body).data)


def _act(
    request: Request, series_id: UUID, verb: str, given: dict[str, Any], do: Callable[..., Filing]
) -> Response:
    def act() -> tuple[int, None]:
        do(series_id=series_id, by=request.user, **given)
        return 200, None

    run_idempotently(
        scope=f"filing.{verb}:{request.user.pk}",
        key=idempotency_key_of(request),
        request={"series": str(series_id), **given},
        act=act,
    )
    return _answer(request, series_id)


class FilingListView(APIView):
    """The register by state; «none» holds series that have a playable Cut and no number yet."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(
        responses=page_serializer(FilingCardSerializer),
        parameters=[
            FilingListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        state = validated(FilingListSerializer(data=params))["state"]
        found, after = selectors.page_of_register(
            state=state, cursor=params.get("cursor"), limit=read_limit(params)
        )
        cards = FilingCardSerializer([_card(series) for series in found], many=True).data
        return Response({"results": cards, "next_cursor": after})


class FilingView(APIView):
    """One series in the register."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(responses=FilingSerializer)
    def get(self, request: Request, series_id: UUID) -> Response:
        return _answer(request, series_id)


class FilingNumberView(APIView):
    """Gives a series the number that an authority issued."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(
        request=NumberSerializer, responses=FilingSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, series_id: UUID) -> Response:
        given = validated(NumberSerializer(data=request.data))
        return _act(request, series_id, "number", given, services.give_number)


class FilingDemonstrationView(APIView):
    """Lets a series of the embedded demo be shown under words that say they are no number."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(request=None, responses=FilingSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER)
    def post(self, request: Request, series_id: UUID) -> Response:
        return _act(request, series_id, "demonstration", {}, services.give_demonstration_number)


class FilingRevokeView(APIView):
    """Takes a number back; the gate closes at once."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(
        request=RevokeSerializer, responses=FilingSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, series_id: UUID) -> Response:
        given = validated(RevokeSerializer(data=request.data))
        return _act(request, series_id, "revoke", given, services.revoke_number)


class FilingRulesView(APIView):
    """The tier rules: every version, and a way to correct them without a release."""

    permission_classes = [requires("filing.keep_register")]

    @extend_schema(responses=RuleSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(
            RuleSerializer([_rule(rule) for rule in selectors.rule_versions()], many=True).data
        )

    @extend_schema(request=RuleWriteSerializer, responses={201: RuleSerializer})
    def post(self, request: Request) -> Response:
        given = validated(RuleWriteSerializer(data=request.data))
        given["tiers"] = [dict(row) for row in given["tiers"]]
        rule = services.add_rule_version(by=request.user, **given)
        return Response(RuleSerializer(_rule(rule)).data, status=201)
