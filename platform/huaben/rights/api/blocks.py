"""Copyright blocks over HTTP."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
from huaben.core.access import find_allowed, requires
from huaben.core.idempotency import IDEMPOTENCY_KEY_PARAMETER, idempotency_key_of, run_idempotently
from huaben.core.pagination import read_limit
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of
from huaben.core.serializers import validated

from .. import selectors, services
from ..presenters.blocks import BlockDetails, present_block
from ..serializers import BlockListSerializer, BlockWriteSerializer, LiftSerializer


def _respond_block(request: Request, block_id: UUID, status: int = 200) -> Response:
    block = find_allowed(selectors.blocks(), request.user, "rights.keep_blocks", pk=block_id)
    return respond(present_block(block), status=status)


class RightsBlockListView(APIView):
    """Copyright blocks, newest first; blocks a series or one Cut."""

    permission_classes = [requires("rights.keep_blocks")]

    @extend_schema(
        responses=page_serializer(BlockDetails),
        parameters=[
            BlockListSerializer,
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        state = validated(BlockListSerializer(data=params))["state"]
        blocks, next_cursor = selectors.list_blocks(
            state=state, cursor=params.get("cursor"), limit=read_limit(params)
        )
        return respond_page(BlockDetails, map(present_block, blocks), next_cursor)

    @extend_schema(
        request=BlockWriteSerializer,
        responses={201: serializer_of(BlockDetails)},
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request) -> Response:
        fields = validated(BlockWriteSerializer(data=request.data))

        def act() -> tuple[int, dict[str, str]]:
            return 201, {
                "block_id": str(services.block_series(by=account_of(request), **fields).pk)
            }

        scope = f"rights.block:{request.user.pk}"
        status, body = run_idempotently(
            scope=scope, key=idempotency_key_of(request), request=fields, act=act
        )
        return _respond_block(request, UUID(body["block_id"]), status)


class RightsLiftView(APIView):
    """Ends a block."""

    permission_classes = [requires("rights.keep_blocks")]

    @extend_schema(
        request=LiftSerializer,
        responses=serializer_of(BlockDetails),
        parameters=IDEMPOTENCY_KEY_PARAMETER,
    )
    def post(self, request: Request, block_id: UUID) -> Response:
        fields = validated(LiftSerializer(data=request.data))

        def act() -> tuple[int, None]:
            services.lift_block(block_id=block_id, by=account_of(request), **fields)
            return 200, None

        scope = f"rights.lift:{request.user.pk}"
        run_idempotently(
            scope=scope,
            key=idempotency_key_of(request),
            request={"block": str(block_id), **fields},
            act=act,
        )
        return _respond_block(request, block_id)
