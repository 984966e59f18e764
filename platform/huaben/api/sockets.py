"""The router of WebSockets."""

from django.urls import path

from huaben.core.consumers import RoomConsumer

urlpatterns = [path("ws/rooms/<str:room>/", RoomConsumer.as_asgi())]
