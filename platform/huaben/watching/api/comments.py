"""Comments and danmaku over HTTP. They exist only while their episode is published; taking back is
``DELETE /speech/{id}``.
"""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from huaben.accounts.middleware import account_of
from huaben.catalog.selectors import find_published_episode
from huaben.core.access import requires
from huaben.core.pagination import read_limit
from huaben.core.responses import page_serializer, respond, respond_page, serializer_of
from huaben.core.rooms import last_event
from huaben.core.serializers import validated

from ..presenters.comments import (
    CommentCard,
    CommentPage,
    DanmakuCard,
    DanmakuStretch,
    Reply,
    present_comments,
    present_danmaku,
    present_reply,
)
from ..selectors import comments as selectors
from ..serializers import CommentWriteSerializer, DanmakuWriteSerializer, StretchSerializer
from ..services.comments import create_comment, create_danmaku

PAGE = [OpenApiParameter("cursor"), OpenApiParameter("limit", int)]


class _SpeechAPIView(APIView):
    """Everybody may read; who is signed in may speak."""

    def get_permissions(self) -> list[BasePermission]:
        speaks = self.request.method == "POST"
        return [(requires("speech.submit_speech") if speaks else AllowAny)()]


class CommentListView(_SpeechAPIView):
    """What viewers wrote under an episode, newest first; or write."""

    @extend_schema(responses=serializer_of(CommentPage), parameters=PAGE)
    def get(self, request: Request, episode_id: UUID) -> Response:
        find_published_episode(episode_id)
        params = request.query_params
        found, after = selectors.list_comments(
            episode_id, request.user, cursor=params.get("cursor"), limit=read_limit(params)
        )
        replies = selectors.get_first_replies(found, request.user)
        page = CommentPage(
            results=present_comments(found, replies, request.user),
            next_cursor=after,
            count=selectors.count_comments([episode_id]).get(episode_id, 0),
        )
        return respond(page)

    @extend_schema(request=CommentWriteSerializer, responses={201: serializer_of(CommentCard)})
    def post(self, request: Request, episode_id: UUID) -> Response:
        fields = validated(CommentWriteSerializer(data=request.data))
        created = create_comment(
            published=find_published_episode(episode_id),
            comment_id=fields["id"],
            author=account_of(request),
            text=fields["text"],
            reply_to=fields["reply_to"],
        )
        comment = selectors.find_comment(created.pk, request.user)
        return respond(present_comments([comment], {}, request.user)[0], status=201)


class ReplyListView(APIView):
    """All answers to a comment, oldest first."""

    permission_classes = [AllowAny]

    @extend_schema(responses=page_serializer(Reply), parameters=PAGE)
    def get(self, request: Request, comment_id: UUID) -> Response:
        params = request.query_params
        found, after = selectors.list_replies(
            comment_id, request.user, cursor=params.get("cursor"), limit=read_limit(params)
        )
        return respond_page(Reply, [present_reply(reply, request.user) for reply in found], after)


class DanmakuListView(_SpeechAPIView):
    """What viewers wrote over a stretch of an episode; or write at a moment of it."""

    @extend_schema(responses=serializer_of(DanmakuStretch), parameters=[StretchSerializer])
    def get(self, request: Request, episode_id: UUID) -> Response:
        stretch = validated(StretchSerializer(data=request.query_params))
        find_published_episode(episode_id)
        # The room first: what is shown between the two reads comes twice rather than not at all.
        after = last_event(selectors.danmaku_room(episode_id))
        found = selectors.list_danmaku(episode_id, request.user, **stretch)
        results = [present_danmaku(danmaku, request.user) for danmaku in found]
        return respond(DanmakuStretch(results=results, after=after))

    @extend_schema(request=DanmakuWriteSerializer, responses={201: serializer_of(DanmakuCard)})
    def post(self, request: Request, episode_id: UUID) -> Response:
        fields = validated(DanmakuWriteSerializer(data=request.data))
        danmaku = create_danmaku(
            published=find_published_episode(episode_id),
            danmaku_id=fields["id"],
            author=account_of(request),
            text=fields["text"],
            position_ms=fields["position_ms"],
        )
        return respond(present_danmaku(danmaku, request.user), status=201)
