"""The WebSocket routes of every app."""

from __future__ import annotations

from typing import Any

from channels.consumer import AsyncConsumer
from django.urls import path

from huaben.cocreation.consumers import WritingConsumer
from huaben.core.consumers import RoomConsumer
from huaben.interactive.consumers import PlaythroughConsumer, PremiereConsumer


def _route(address: str, consumer: type[AsyncConsumer]) -> Any:
    """A route as Channels asks for it; Django's types know only views behind a path."""
    application: Any = consumer.as_asgi()
    return path(address, application)


urlpatterns = [
    _route("ws/rooms/<str:room>/", RoomConsumer),
    _route("ws/playthroughs/<uuid:playthrough_id>/", PlaythroughConsumer),
    _route("ws/premieres/<uuid:premiere_id>/", PremiereConsumer),
    _route("ws/writing/<uuid:room_id>/", WritingConsumer),
]
