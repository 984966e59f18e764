"""The socket of a writing room: parse, call, send. Binary frames are Yjs's own protocol, text
frames are JSON.

To the page: ``saved`` (``count`` of its edits on this line that are stored), ``refused`` (an edit
that was not, and why),
``changed`` (writers or versions: ask anew), ``pong``. From the page: ``ping``.
Codes: 4404 one may not write here (any more), 4400 that was no message of ours, 1013 the database
is away.
"""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import suppress
from typing import Any
from uuid import UUID

import structlog
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import DatabaseError, InterfaceError

from huaben.accounts.models import User
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.problems import NotFound, Problem

from .book import Book, Gap
from .models import WritingRoom
from .outbox import group_of_room
from .protocol import (
    MESSAGE_MOST,
    Kind,
    Message,
    Presence,
    presence_message,
    read_message,
    read_presence,
    sync_message,
)
from .selectors.writing import book_of, read_on
from .services import store_update
from .updates import Malformed

log = structlog.get_logger(__name__)
GONE, MALFORMED, TRY_LATER = 4404, 4400, 1013
# An edit travels with the word that it is there, if it is small; others read it from the database.
CARRIED_MOST = 16 * 1024
COLOURS = ("#c8412b", "#3f7f6b", "#a5701c", "#5b6bb0", "#8a4f8f", "#4c7a2f", "#b0567a", "#2f7a94")
TOO_BIG = Problem(
    "message_too_big",
    LocalizedText("一次写进来的太多", "That is too much at once"),
    detail=LocalizedText(
        "请分几次贴，刚贴的还没有存下。", "Please paste it in parts; what you pasted is not saved."
    ),
)


class WritingConsumer(AsyncWebsocketConsumer):
    """``/ws/writing/{room_id}/``."""

    book: Book
    looking: asyncio.Task[None] | None = None
    presence: Presence | None = None
    left = False
    behind = (
        False  # the page has something that was refused or lost: it must say all that is missing
    )

    async def connect(self) -> None:
        self.room_id: UUID = self.scope["url_route"]["kwargs"]["room_id"]
        self.user_id = self.scope["user"].pk
        self.group = group_of_room(self.room_id)
        self.received = 0
        self.turn = asyncio.Lock()
        # Accepted first, so that the page learns the code; nothing is sent before one may write.
        await self.accept()
        face = await self._face()
        if face is None:
            await self.close(code=GONE)
            return
        self.face = face
        await self.channel_layer.group_add(self.group, self.channel_name)
        self.book = await database_sync_to_async(book_of)(self.room_id)
        await self._ask()
        await self._tell_others({"type": "writing.greeting", "from": self.channel_name})
        self.looking = asyncio.create_task(self._look_now_and_then())

    async def disconnect(self, code: int) -> None:
        if self.looking is None:
            return
        self.looking.cancel()
        if self.presence is not None:
            await self._tell_presence(Presence(self.presence.client, self.presence.clock + 1, None))
        with suppress(Exception):  # without a channel layer there is nothing to leave
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def send(
        self, text_data: str | None = None, bytes_data: bytes | None = None, close: bool = False
    ) -> None:
        if not self.left:  # what was still on its way to somebody who was shown out
            await super().send(text_data=text_data, bytes_data=bytes_data, close=close)

    async def close(self, code: int | bool | None = None, reason: str | None = None) -> None:
        if not self.left:
            self.left = True
            await super().close(code=code, reason=reason)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.left:
            return
        try:
            if bytes_data is not None:
                await self._receive_message(bytes_data)
            else:
                await self._receive_word(text_data or "")
        except Malformed as exc:
            log.warning("malformed message in a writing room", room=str(self.room_id), why=str(exc))
            await self.close(code=MALFORMED)
        except NotFound:
            await self.close(code=GONE)
        except (DatabaseError, InterfaceError) as exc:
            # The page comes back and says again whatever had no answer.
            log.warning("writing room without a database", error=f"{type(exc).__name__}: {exc}")
            await self.close(code=TRY_LATER)

    async def writing_edit(self, message: dict[str, Any]) -> None:
        """Somebody's edit was stored."""
        async with self.turn:
            if message["number"] == self.book.number + 1 and message["data"]:
                self.book.read(message["data"], message["number"])
                await self._send_update(message["data"])
            elif message["number"] > self.book.number:
                await self._read_on()

    async def writing_changed(self, message: dict[str, Any]) -> None:
        """Text, versions or writers have changed."""
        await self._look()
        await self._send_word({"type": "changed"})

    async def writing_greeting(self, message: dict[str, Any]) -> None:
        """Somebody came in and asks who is here."""
        if self.presence is not None and message["from"] != self.channel_name:
            await self._tell_presence(self.presence)

    async def writing_presence(self, message: dict[str, Any]) -> None:
        """Somebody moved."""
        if message["from"] != self.channel_name:
            await self.send(bytes_data=message["data"])

    async def _receive_message(self, data: bytes) -> None:
        if len(data) > MESSAGE_MOST:
            self.received += 1
            await self._refuse(TOO_BIG)
            return
        message = read_message(data)
        if message.kind is Kind.ASK:
            async with self.turn:
                await self._send_sync(Kind.ANSWER, self.book.since(message.body))
        elif message.kind is Kind.PRESENCE:
            await self._take_presence(message)
        elif message.kind is Kind.ASK_PRESENCE:
            await self._tell_others({"type": "writing.greeting", "from": self.channel_name})
        else:
            await self._take_edit(message)

    async def _receive_word(self, text: str) -> None:
        try:
            word = json.loads(text)
            kind = word["type"]
        except (ValueError, RecursionError, KeyError, TypeError) as exc:
            raise Malformed("a word is not ours") from exc
        if kind != "ping":
            raise Malformed("there is no such word")
        await self._send_word({"type": "pong"})

    async def _take_edit(self, message: Message) -> None:
        self.received += 1
        async with self.turn:
            before = self.book.number
            try:
                stored = await database_sync_to_async(store_update)(
                    room_id=self.room_id,
                    user=self.scope["user"],
                    book=self.book,
                    given=message.body,
                )
            except Gap as exc:
                # It builds on an edit that was refused, or lost. An answer holds all that is
                # missing, or makes no sense.
                if message.kind is Kind.ANSWER:
                    raise Malformed("an answer with a gap") from exc
                await self._begin_anew(before)
                await self._ask_all()
                return
            except (NotFound, Malformed):
                raise
            except Problem as problem:
                await self._begin_anew(before)
                await self._refuse(problem)
                return
            except Exception:
                self.book = Book()  # whatever it holds now was not committed
                raise
            for update in stored.missed:
                await self._send_update(update)
            number = self.book.number
            if self.behind and message.kind is not Kind.ANSWER:
                await self._ask_all()
            else:
                self.behind = False
                await self._send_word({"type": "saved", "count": self.received})
        if stored.new:
            carried = stored.new if len(stored.new) <= CARRIED_MOST else b""
            await self._tell_others({"type": "writing.edit", "number": number, "data": carried})

    async def _take_presence(self, message: Message) -> None:
        given = read_presence(message.body)
        if self.presence is not None and given.client != self.presence.client:
            raise Malformed("a page speaks for itself alone")
        # Who somebody is, the house says; where they are, they say themselves.
        state = (
            None
            if given.state is None
            else {"cursor": given.state.get("cursor"), "user": self.face}
        )
        self.presence = Presence(given.client, given.clock, state)
        await self._tell_presence(self.presence)

    async def _begin_anew(self, known: int) -> None:
        """Read the text anew after a write that was refused; the page knows the updates up to
        ``known``.
        """
        self.book = await database_sync_to_async(book_of)(self.room_id)
        if self.book.number > known:
            await self._send_update(self.book.state)

    async def _read_on(self) -> None:
        for update in await database_sync_to_async(read_on)(self.room_id, self.book):
            await self._send_update(update)

    async def _look(self) -> None:
        """Whether one may still write here, and what no message told."""
        if await self._face() is None:
            await self.close(code=GONE)
            return
        async with self.turn:
            await self._read_on()

    async def _look_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(settings.WRITING_LOOK_SECONDS * random.uniform(0.8, 1.2))
            try:
                await self._look()
            except (DatabaseError, InterfaceError) as exc:
                log.warning("writing room could not look", error=f"{type(exc).__name__}: {exc}")

    @database_sync_to_async
    def _face(self) -> dict[str, str] | None:
        """How others see this writer, or None if they may not write here."""
        room = WritingRoom.objects.filter(pk=self.room_id).first()
        user = User.objects.filter(pk=self.user_id).first()
        if room is None or user is None or not may(user, "cocreation.write", room):
            return None
        place = list(room.writers.values_list("user_id", flat=True)).index(user.pk)
        colour = COLOURS[place % len(COLOURS)]
        return {"id": str(user.pk), "name": user.name, "color": colour, "colorLight": f"{colour}33"}

    async def _ask(self) -> None:
        await self._send_sync(Kind.ASK, self.book.vector)

    async def _ask_all(self) -> None:
        self.behind = True
        await self._ask()

    async def _send_update(self, update: bytes) -> None:
        await self._send_sync(Kind.UPDATE, update)

    async def _send_sync(self, kind: Kind, body: bytes) -> None:
        await self.send(bytes_data=sync_message(kind, body))

    async def _send_word(self, word: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(word, ensure_ascii=False))

    async def _refuse(self, problem: Problem) -> None:
        self.behind = True
        words = {
            "code": problem.code,
            "title": problem.title.as_dict(),
            "detail": problem.detail.as_dict() if problem.detail else None,
        }
        await self._send_word({"type": "refused", "count": self.received, "problem": words})

    async def _tell_presence(self, presence: Presence) -> None:
        message = {
            "type": "writing.presence",
            "from": self.channel_name,
            "data": presence_message(presence),
        }
        await self._tell_others(message)

    async def _tell_others(self, message: dict[str, Any]) -> None:
        """To everybody who has the room open. What is lost here, they find when they next look."""
        try:
            await self.channel_layer.group_send(self.group, message)
        except (
            Exception
        ) as exc:  # the broker may be away for any reason; the text is safe without it
            log.warning("writing room could not tell", error=f"{type(exc).__name__}: {exc}")
