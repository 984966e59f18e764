"""The WebSocket of a writing room: parse, call, send. Binary frames are Yjs's own protocol, text
frames are JSON.

To the page: ``saved`` (``count`` of its edits on this connection that are stored), ``refused`` (an
edit that was not, and why), ``changed`` (writers or versions: fetch anew), ``pong``. From the page:
``ping``. Close codes: 4404 one may not write here (any more), 4400 that was no message of ours,
1013 the database is away.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import cast
from uuid import UUID

import structlog
from channels.db import database_sync_to_async
from django.conf import settings
from django.db import DatabaseError, InterfaceError

from huaben.accounts.models import User
from huaben.core.access import may
from huaben.core.consumers import WatchedConsumer, present_requester, requester_of
from huaben.core.frames import MALFORMED, NOT_FOUND, TRY_AGAIN_LATER, Ping
from huaben.core.localized import LocalizedText
from huaben.core.problems import NotFound, Problem
from huaben.core.types import JsonObject, Requester

from .models import WritingRoom
from .outbox import group_of_writing_room
from .prompt_book import MissingUpdates, PromptBook
from .selectors.writing_rooms import catch_up, load_book
from .services import store_update
from .services.prompt_books import StoredUpdate
from .yjs_protocol import (
    MAX_MESSAGE_BYTES,
    Awareness,
    Message,
    MessageKind,
    awareness_message,
    read_awareness,
    read_message,
    sync_message,
)
from .yjs_updates import MalformedMessage

log = structlog.get_logger(__name__)
# An edit up to this size travels with the event that tells of it; a larger one is read from the
# database by each page's consumer.
MAX_CARRIED_BYTES = 16 * 1024
COLOURS = ("#c8412b", "#3f7f6b", "#a5701c", "#5b6bb0", "#8a4f8f", "#4c7a2f", "#b0567a", "#2f7a94")
MESSAGE_TOO_BIG = Problem(
    "message_too_big",
    LocalizedText("一次写进来的太多", "That is too much at once"),
    detail=LocalizedText(
        "请分几次贴，刚贴的还没有存下。", "Please paste it in parts; what you pasted is not saved."
    ),
)


class WritingConsumer(WatchedConsumer):
    """``/ws/writing/{room_id}/``."""

    frames = {"ping": Ping}

    book: PromptBook
    awareness: Awareness | None = None
    # The page has an edit that was refused or lost: its next SYNC_STEP_2 must hold all that is
    # missing here.
    is_behind = False

    async def connect(self) -> None:
        self.room_id: UUID = self.scope["url_route"]["kwargs"]["room_id"]
        self.group = group_of_writing_room(self.room_id)
        self.edit_count = 0
        self.book_lock = asyncio.Lock()
        # Accepted first, so that the page learns the close code.
        await self.accept()
        writer = await self._describe_writer()
        if writer is None:
            await self.close(code=NOT_FOUND)
            return
        self.writer = writer
        await self.channel_layer.group_add(self.group, self.channel_name)
        self.book = await database_sync_to_async(load_book)(self.room_id)
        await self._request_missing()
        await self._send_to_group({"type": "writing.greeting", "from": self.channel_name})
        await self.start_watching()

    async def disconnect(self, code: int) -> None:
        if self.watch_task is None:
            return
        await self.stop_watching()
        if self.awareness is not None:
            await self._send_awareness(
                Awareness(self.awareness.client, self.awareness.clock + 1, None)
            )
        with suppress(Exception):  # without a channel layer there is no group to leave
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            await super().receive(text_data=text_data, bytes_data=bytes_data)
        except MalformedMessage as exc:
            log.warning("malformed message in a writing room", room=str(self.room_id), why=str(exc))
            await self.close(code=MALFORMED)
        except NotFound:
            await self.close(code=NOT_FOUND)
        except (DatabaseError, InterfaceError) as exc:
            # The page connects again and sends again whatever was not acknowledged.
            log.warning("writing room without a database", error=f"{type(exc).__name__}: {exc}")
            await self.close(code=TRY_AGAIN_LATER)

    async def writing_edit(self, event: JsonObject) -> None:
        """Another page's edit was stored."""
        async with self.book_lock:
            if event["number"] == self.book.number + 1 and event["data"]:
                self.book.apply_stored(event["data"], event["number"])
                await self._send_update(event["data"])
            elif event["number"] > self.book.number:
                await self._send_missed_updates()

    async def writing_changed(self, event: JsonObject) -> None:
        """Text, versions or writers have changed."""
        await self.check()
        await self.send_json({"type": "changed"})

    async def writing_greeting(self, event: JsonObject) -> None:
        """Another page has connected and asks who is here."""
        if self.awareness is not None and event["from"] != self.channel_name:
            await self._send_awareness(self.awareness)

    async def writing_awareness(self, event: JsonObject) -> None:
        """The cursor of another page has moved."""
        if event["from"] != self.channel_name:
            await self.send(bytes_data=event["data"])

    async def receive_bytes(self, data: bytes) -> None:
        if len(data) > MAX_MESSAGE_BYTES:
            self.edit_count += 1
            await self._send_refusal(MESSAGE_TOO_BIG)
            return
        message = read_message(data)
        if message.kind is MessageKind.SYNC_STEP_1:
            async with self.book_lock:
                missing = self.book.encode_since(message.body)
                await self._send_sync(MessageKind.SYNC_STEP_2, missing)
        elif message.kind is MessageKind.AWARENESS:
            await self._receive_awareness(message)
        elif message.kind is MessageKind.QUERY_AWARENESS:
            await self._send_to_group({"type": "writing.greeting", "from": self.channel_name})
        else:
            await self._receive_edit(message)

    async def receive_frame(self, frame: Ping) -> None:
        await self.send_json({"type": "pong"})

    async def _receive_edit(self, message: Message) -> None:
        self.edit_count += 1
        if not await self.is_still_allowed():
            return
        async with self.book_lock:
            stored = await self._store(message)
            if stored is None:
                return
            for update in stored.missed:
                await self._send_update(update)
            number = self.book.number
            if self.is_behind and message.kind is not MessageKind.SYNC_STEP_2:
                await self._request_all()
            else:
                self.is_behind = False
                await self.send_json({"type": "saved", "count": self.edit_count})
        if stored.new:
            carried = stored.new if len(stored.new) <= MAX_CARRIED_BYTES else b""
            await self._send_to_group({"type": "writing.edit", "number": number, "data": carried})

    async def _store(self, message: Message) -> StoredUpdate | None:
        """Store an edit; None when it was refused or builds on edits that are missing here."""
        number_before = self.book.number
        try:
            return await database_sync_to_async(store_update)(
                room_id=self.room_id,
                user=cast(User, requester_of(self.scope)),
                book=self.book,
                update=message.body,
            )
        except MissingUpdates as exc:
            # It builds on an edit that was refused, or lost. A SYNC_STEP_2 holds all that is
            # missing, or makes no sense.
            if message.kind is MessageKind.SYNC_STEP_2:
                raise MalformedMessage("an answer that misses updates") from exc
            await self._reload_book(number_before)
            await self._request_all()
        except (NotFound, MalformedMessage):
            raise
        except Problem as problem:
            await self._reload_book(number_before)
            await self._send_refusal(problem)
        except Exception:
            self.book = PromptBook()  # whatever it holds now was not committed
            raise
        return None

    async def _receive_awareness(self, message: Message) -> None:
        received = read_awareness(message.body)
        if self.awareness is not None and received.client != self.awareness.client:
            raise MalformedMessage("a page speaks for itself alone")
        # The page says where its cursor is; who it is, is said here.
        state = (
            None
            if received.state is None
            else {"cursor": received.state.get("cursor"), "user": self.writer}
        )
        self.awareness = Awareness(received.client, received.clock, state)
        await self._send_awareness(self.awareness)

    async def _reload_book(self, known_number: int) -> None:
        """Load the book anew after a write that was refused; the page has the updates up to
        ``known_number``.
        """
        self.book = await database_sync_to_async(load_book)(self.room_id)
        if self.book.number > known_number:
            await self._send_update(self.book.state)

    async def _send_missed_updates(self) -> None:
        for update in await database_sync_to_async(catch_up)(self.book, self.room_id):
            await self._send_update(update)

    def may_stay(self, user: Requester) -> bool:
        return may(user, "cocreation.write", WritingRoom.objects.filter(pk=self.room_id).first())

    def seconds_between_checks(self) -> float:
        return float(settings.WRITING_CHECK_SECONDS)

    async def check(self) -> None:
        """Close when one may not write here any more; send the edits that no event announced."""
        if not await self.ask_again():
            return
        async with self.book_lock:
            await self._send_missed_updates()

    @database_sync_to_async
    def _describe_writer(self) -> JsonObject | None:
        """How other pages show this writer's cursor, or None if they may not write here."""
        room = WritingRoom.objects.filter(pk=self.room_id).first()
        user = present_requester(self.scope)
        if room is None or not isinstance(user, User) or not may(user, "cocreation.write", room):
            return None
        index = list(room.writers.values_list("user_id", flat=True)).index(user.pk)
        colour = COLOURS[index % len(COLOURS)]
        return {"id": str(user.pk), "name": user.name, "color": colour, "colorLight": f"{colour}33"}

    async def _request_missing(self) -> None:
        await self._send_sync(MessageKind.SYNC_STEP_1, self.book.state_vector)

    async def _request_all(self) -> None:
        self.is_behind = True
        await self._request_missing()

    async def _send_update(self, update: bytes) -> None:
        await self._send_sync(MessageKind.UPDATE, update)

    async def _send_sync(self, kind: MessageKind, body: bytes) -> None:
        await self.send(bytes_data=sync_message(kind, body))

    async def _send_refusal(self, problem: Problem) -> None:
        self.is_behind = True
        presented = {
            "code": problem.code,
            "title": problem.title.as_dict(),
            "detail": problem.detail.as_dict() if problem.detail else None,
        }
        await self.send_json({"type": "refused", "count": self.edit_count, "problem": presented})

    async def _send_awareness(self, awareness: Awareness) -> None:
        await self._send_to_group(
            {
                "type": "writing.awareness",
                "from": self.channel_name,
                "data": awareness_message(awareness),
            }
        )

    async def _send_to_group(self, event: JsonObject) -> None:
        """Send an event to every open page of the room. One that is lost is made up for by the
        regular check.
        """
        try:
            await self.channel_layer.group_send(self.group, dict(event))
        except Exception as exc:  # the broker may be away for any reason; the text is safe
            log.warning("writing room event not sent", error=f"{type(exc).__name__}: {exc}")
