"""Messages of the writing room's socket: Yjs's sync and awareness protocols, in binary.

As laid out in https://github.com/yjs/y-protocols/blob/master/PROTOCOL.md. What is not of Yjs
(saved, refused, ping) goes as JSON in text frames, so that any client of the protocol may write
here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum

from huaben.core.inputs import UnreadableInput, load_json
from huaben.core.types import JsonObject

from .yjs_updates import ByteReader, MalformedMessage

# A paste of a whole book is within it.
MAX_MESSAGE_BYTES = 256 * 1024
MAX_AWARENESS_BYTES = 2048


class MessageKind(IntEnum):
    """What a message is."""

    SYNC_STEP_1 = 0  # a state vector, asking for what is missing
    SYNC_STEP_2 = 1  # the answer: what was missing
    UPDATE = 2  # an edit
    AWARENESS = 3  # where a client is
    QUERY_AWARENESS = 4


_SYNC, _AWARENESS, _QUERY_AWARENESS = 0, 1, 3


@dataclass(frozen=True)
class Message:
    """One message with what it carries."""

    kind: MessageKind
    body: bytes = b""


def read_message(data: bytes) -> Message:
    """Parse one binary frame, or raise MalformedMessage."""
    reader = ByteReader(data)
    family = reader.read_number()
    if family == _QUERY_AWARENESS:
        message = Message(MessageKind.QUERY_AWARENESS)
    elif family == _AWARENESS:
        message = Message(MessageKind.AWARENESS, reader.read_bytes())
    elif family == _SYNC:
        step = reader.read_number()
        if step > MessageKind.UPDATE:
            raise MalformedMessage("there is no such step")
        message = Message(MessageKind(step), reader.read_bytes())
    else:
        raise MalformedMessage("there is no such message")
    if not reader.at_end:
        raise MalformedMessage("there is more than one message")
    return message


def sync_message(kind: MessageKind, body: bytes) -> bytes:
    """A message of the sync protocol."""
    return bytes([_SYNC, kind]) + _with_length(body)


def awareness_message(awareness: Awareness) -> bytes:
    """A message of the awareness protocol, about one client."""
    state = json.dumps(awareness.state, ensure_ascii=False, separators=(",", ":")).encode()
    return bytes([_AWARENESS]) + _with_length(
        b"\x01"
        + _encode_number(awareness.client)
        + _encode_number(awareness.clock)
        + _with_length(state)
    )


@dataclass(frozen=True)
class Awareness:
    """Where one client is, or that it left (``state`` is None). The newer ``clock`` counts."""

    client: int
    clock: int
    state: JsonObject | None


def read_awareness(body: bytes) -> Awareness:
    """The one client that an awareness message is about.

    Raises MalformedMessage for several clients, or for a state that is not an object.
    """
    if len(body) > MAX_AWARENESS_BYTES:
        raise MalformedMessage("an awareness is too large")
    reader = ByteReader(body)
    if reader.read_number() != 1:
        raise MalformedMessage("a client speaks for itself alone")
    client, clock, text = reader.read_number(), reader.read_number(), reader.read_text()
    try:
        state = load_json(text)
    except UnreadableInput as exc:
        raise MalformedMessage("an awareness is not JSON") from exc
    if not reader.at_end or not (state is None or isinstance(state, dict)):
        raise MalformedMessage("an awareness is not an object")
    return Awareness(client, clock, state)


def _encode_number(number: int) -> bytes:
    parts = []
    while number > 0x7F:
        parts.append(0x80 | (number & 0x7F))
        number >>= 7
    return bytes([*parts, number])


def _with_length(body: bytes) -> bytes:
    return _encode_number(len(body)) + body
