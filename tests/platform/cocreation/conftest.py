"""Writing rooms and those who write in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from huaben.cocreation.models import WritingRoom
from huaben.cocreation.services import add_writer, get_or_create_writing_room
from tests.factories import SeriesFactory, UserFactory
from tests.platform.cocreation.pens import Pen


@pytest.fixture
def room(transactional_db: None) -> WritingRoom:
    """The writing room of a series; its maker is the only one in it."""
    return get_or_create_writing_room(series=SeriesFactory(title="第七盏灯"))


@pytest.fixture
def join(server: str, signed_in: Any, cookie_of: Any) -> Iterator[Callable[..., Pen]]:
    """``join(room)`` is the maker's pen, ``join(room, somebody)`` that of a co-writer, let in if
    need be.
    """
    pens: list[Pen] = []

    def join_room(room: WritingRoom, user: Any = None, *, invited: bool = True) -> Pen:
        user = user or room.series.creator
        if invited:
            add_writer(room=room, user=user, by=room.series.creator)
        pens.append(Pen(server, room.pk, cookie_of(signed_in(user=user))))
        return pens[-1]

    yield join_room
    for pen in pens:
        pen.close()


@pytest.fixture
def friend(transactional_db: None) -> Any:
    """A viewer whom the maker lets in."""
    return UserFactory(roles=["viewer"], display_name="茶客")
