"""Comments and danmaku over HTTP. They exist only while their episode is shown; taking back is
``DELETE /speech/{id}``.
"""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.core.access import requires
from huaben.core.pagination import read_limit
from huaben.core.responses import page_serializer
from huaben.core.rooms import last_event

from . import selectors, serializers, services

PAGE = [OpenApiParameter("cursor"), OpenApiParameter("limit", int)]


class _Speaking(APIView):
    """Everybody may read; who is signed in may speak."""

    def get_permissions(self) -> list[BasePermission]:
        return [(requires("catalog.say") if self.request.method == "POST" else AllowAny)()]


class CommentListView(_Speaking):
    """What viewers wrote under an episode, newest first; or write."""

    @extend_schema(responses=serializers.CommentPageSerializer, parameters=PAGE)
    def get(self, request: Request, episode_id: UUID) -> Response:
        selectors.find_shown(episode_id)
        params = request.query_params
        views, after = selectors.comments_page(
            episode_id, request.user, cursor=params.get("cursor"), limit=read_limit(params)
        )
        count = selectors.comment_counts([episode_id]).get(episode_id, 0)
        page = {"results": views, "next_cursor": after, "count": count}
        return Response(serializers.CommentPageSerializer(page).data)

    @extend_schema(
        request=serializers.CommentWriteSerializer, responses={201: serializers.CommentSerializer}
    )
    def post(self, request: Request, episode_id: UUID) -> Response:
        given = serializers.CommentWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        comment = services.write_comment(
            shown=selectors.find_shown(episode_id),
            comment_id=said["id"],
            author=request.user,
            text=said["text"],
            reply_to=said["reply_to"],
        )
        view = selectors.comment_view(comment.pk, request.user)
        return Response(serializers.CommentSerializer(view).data, status=201)


class ReplyListView(APIView):
    """All answers to a comment, oldest first."""

    permission_classes = [AllowAny]

    @extend_schema(responses=page_serializer(serializers.ReplySerializer), parameters=PAGE)
    def get(self, request: Request, comment_id: UUID) -> Response:
        params = request.query_params
        views, after = selectors.replies_page(
            comment_id, request.user, cursor=params.get("cursor"), limit=read_limit(params)
        )
        return Response(
            {"results": serializers.ReplySerializer(views, many=True).data, "next_cursor": after}
        )


class DanmakuListView(_Speaking):
    """What viewers wrote over a stretch of an episode; or write at a moment of it."""

    @extend_schema(
        responses=serializers.DanmakuStretchSerializer, parameters=[serializers.StretchSerializer]
    )
    def get(self, request: Request, episode_id: UUID) -> Response:
        asked = serializers.StretchSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        selectors.find_shown(episode_id)
        # The room first: what is shown between the two reads is told twice rather than not at all.
        after = last_event(selectors.danmaku_room(episode_id))
        found = selectors.danmaku_between(episode_id, request.user, **asked.validated_data)
        return Response(
            serializers.DanmakuStretchSerializer({"results": found, "after": after}).data
        )

    @extend_schema(
        request=serializers.DanmakuWriteSerializer, responses={201: serializers.DanmakuSerializer}
    )
    def post(self, request: Request, episode_id: UUID) -> Response:
        given = serializers.DanmakuWriteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        danmaku = services.write_danmaku(
            shown=selectors.find_shown(episode_id),
            danmaku_id=said["id"],
            author=request.user,
            text=said["text"],
            position_ms=said["position_ms"],
        )
        return Response(
            serializers.DanmakuSerializer(selectors.danmaku_view(danmaku)).data, status=201
        )
