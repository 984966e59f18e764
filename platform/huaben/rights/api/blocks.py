"""Copyright blocks over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.catalog.serializers import PersonSerializer
from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import read_limit
from huaben.core.responses import page_serializer
from huaben.core.serializers import validated

from .. import selectors, services
from ..models import Block


class BlockedSeriesSerializer(serializers.Serializer):
    """The series that a block is about."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    creator = PersonSerializer()


class BlockedCutSerializer(serializers.Serializer):
    """The one Cut that a block is about."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    episode_number = serializers.IntegerField(source="episode.number")
    episode_title = serializers.CharField(source="episode.title")


class BlockSerializer(serializers.Serializer):
    """A block, standing or lifted."""

    id = serializers.UUIDField()
    series = BlockedSeriesSerializer()
    cut = BlockedCutSerializer(allow_null=True)
    reason = serializers.CharField()
    evidence = serializers.CharField()
    by = serializers.CharField(help_text="Name of who blocked it.")
    created_at = serializers.DateTimeField()
    claim_number = serializers.CharField(
        allow_null=True, help_text="Of the claim whose block it is."
    )
    claim_id = serializers.UUIDField(allow_null=True)
    lifted_by = serializers.CharField(allow_null=True)
    lifted_at = serializers.DateTimeField(allow_null=True)
    lift_reason = serializers.CharField(allow_blank=True)


class BlockWriteSerializer(serializers.Serializer):
    """A new block: of a series, or of one Cut of it."""

    series_id = serializers.UUIDField()
    cut_id = serializers.UUIDField(allow_null=True, default=None)
    reason = serializers.CharField(max_length=500, help_text="Told to the creator.")
    evidence = serializers.CharField(max_length=5000)


class LiftSerializer(serializers.Serializer):
    """Why a block ends."""

    reason = serializers.CharField(max_length=500)


class BlockListSerializer(serializers.Serializer):
    """Which blocks."""

    state = serializers.ChoiceField(["standing", "lifted"], default="standing")


def _view(block: Block) -> dict[str, Any]:
    maker = block.series.creator
    return {
        "id": block.pk,
        "series": {
            "id": block.series.pk,
            "title": block.series.title,
            "creator": {"id": maker.pk, "handle": maker.handle, "display_name": maker.name},
        },
        "cut": block.cut,
        "reason": block.reason,
        "evidence": block.evidence,
        "by": block.by.name,
        "created_at": block.created_at,
        "claim_number": block.claim.number if block.claim else None,
        "claim_id": block.claim_id,
        "lifted_by": block.lifted_by.name if block.lifted_by else None,
        "lifted_at": block.lifted_at,
        "lift_reason": block.lift_reason,
    }


def _answer(request: Request, block_id: UUID, status: int = 200) -> Response:
    block = find_allowed(selectors.blocks(), request.user, "rights.keep_blocks", pk=block_id)
    return Response(BlockSerializer(_view(block)).data, status=status)


class RightsBlockListView(APIView):
    """Copyright blocks, newest first; blocks a series or one Cut."""

    permission_classes = [requires("rights.keep_blocks")]

    @extend_schema(
        responses=page_serializer(BlockSerializer),
        parameters=[
            BlockListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        state = validated(BlockListSerializer(data=params))["state"]
        found, after = selectors.page_of_blocks(
            state=state, cursor=params.get("cursor"), limit=read_limit(params)
        )
        results = BlockSerializer([_view(block) for block in found], many=True).data
        return Response({"results": results, "next_cursor": after})

    @extend_schema(
        request=BlockWriteSerializer,
        responses={201: BlockSerializer},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request) -> Response:
        given = validated(BlockWriteSerializer(data=request.data))

        def act() -> tuple[int, dict[str, str]]:
            return 201, {"block_id": str(services.block_series(by=request.user, **given).pk)}

        scope = f"rights.block:{request.user.pk}"
        status, kept = run_idempotently(
            scope=scope, key=idempotency_key_of(request), request=given, act=act
        )
        return _answer(request, UUID(kept["block_id"]), status)


class RightsLiftView(APIView):
    """Ends a block."""

    permission_classes = [requires("rights.keep_blocks")]

    @extend_schema(
        request=LiftSerializer, responses=BlockSerializer, parameters=IDEMPOTENCY_KEY_PARAMETER
    )
    def post(self, request: Request, block_id: UUID) -> Response:
        given = validated(LiftSerializer(data=request.data))

        def act() -> tuple[int, None]:
            services.lift_block(block_id=block_id, by=request.user, **given)
            return 200, None

        scope = f"rights.lift:{request.user.pk}"
        run_idempotently(
            scope=scope,
            key=idempotency_key_of(request),
            request={"block": str(block_id), **given},
            act=act,
        )
        return _answer(request, block_id)
