"""Messages of the writing room's socket: Yjs's sync and awareness protocols, in binary.

As laid out in https://github.com/yjs/y-protocols/blob/master/PROTOCOL.md. What is not of Yjs
(saved, refused, ping) goes as JSON in text frames, so that any client of the protocol may write
here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from .updates import Malformed, Reader

# One message: a paste of a whole book is within it.
MESSAGE_MOST = 256 * 1024
PRESENCE_MOST = 2048


class Kind(IntEnum):
    """What a message is."""

    ASK = 0  # sync step 1: a state vector, asking for what is missing
    ANSWER = 1  # sync step 2: what was missing
    UPDATE = 2  # an edit
    PRESENCE = 3  # awareness: who is where
    ASK_PRESENCE = 4


_SYNC, _AWARENESS, _QUERY_AWARENESS = 0, 1, 3


@dataclass(frozen=True)
class Message:
    """One message with what it carries."""

    kind: Kind
    body: bytes = b""


def read_message(data: bytes) -> Message:
    """Parse one binary frame, or raise Malformed."""
    reader = Reader(data)
    family = reader.number()
    if family == _QUERY_AWARENESS:
        message = Message(Kind.ASK_PRESENCE)
    elif family == _AWARENESS:
        message = Message(Kind.PRESENCE, reader.bytes())
    elif family == _SYNC:
        step = reader.number()
        if step > Kind.UPDATE:
            raise Malformed("there is no such step")
        message = Message(Kind(step), reader.bytes())
    else:
        raise Malformed("there is no such message")
    if not reader.ended:
        raise Malformed("there is more than one message")
    return message


def sync_message(kind: Kind, body: bytes) -> bytes:
    """A message of the sync protocol."""
    return bytes([_SYNC, kind]) + _sized(body)


def presence_message(presence: Presence) -> bytes:
    """A message of the awareness protocol, about one client."""
    state = json.dumps(presence.state, ensure_ascii=False, separators=(",", ":")).encode()
    return bytes([_AWARENESS]) + _sized(
        b"\x01" + _number(presence.client) + _number(presence.clock) + _sized(state)
    )


@dataclass(frozen=True)
class Presence:
    """Where one client is, or that it left (``state`` is None). The newer ``clock`` counts."""

    client: int
    clock: int
    state: dict[str, Any] | None


def read_presence(body: bytes) -> Presence:
    """The one client that an awareness message tells of. Raises Malformed for more, or for what is
    not an object.
    """
    if len(body) > PRESENCE_MOST:
        raise Malformed("a presence is too large")
    reader = Reader(body)
    if reader.number() != 1:
        raise Malformed("a client speaks for itself alone")
    client, clock, text = reader.number(), reader.number(), reader.text()
    try:
        state = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise Malformed("a presence is not JSON") from exc
    if not reader.ended or not (state is None or isinstance(state, dict)):
        raise Malformed("a presence is not an object")
    return Presence(client, clock, state)


def _number(number: int) -> bytes:
    parts = []
    while number > 0x7F:
        parts.append(0x80 | (number & 0x7F))
        number >>= 7
    return bytes([*parts, number])


def _sized(body: bytes) -> bytes:
    return _number(len(body)) + body
