"""The WebSocket routes of every app."""

from django.urls import path

from huaben.cocreation.consumers import WritingConsumer
from huaben.core.consumers import RoomConsumer
from huaben.interactive.consumers import PlaythroughConsumer, PremiereConsumer

urlpatterns = [
    path("ws/rooms/<str:room>/", RoomConsumer.as_asgi()),
    path("ws/playthroughs/<uuid:playthrough_id>/", PlaythroughConsumer.as_asgi()),
    path("ws/premieres/<uuid:premiere_id>/", PremiereConsumer.as_asgi()),
    path("ws/writing/<uuid:room_id>/", WritingConsumer.as_asgi()),
]
