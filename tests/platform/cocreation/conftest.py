"""Writing rooms and those who write in them; a series and those who propose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from huaben.catalog.models import Series
from huaben.cocreation.models import WritingRoom
from huaben.cocreation.services import add_writer, get_or_create_writing_room
from tests.factories import SeriesFactory, UserFactory
from tests.platform.cocreation.pens import Pen
from tests.platform.watching.works import show_series


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


@pytest.fixture
def nobody_hurries(settings: Any) -> None:
    """Nobody speaks too fast."""
    settings.SPEECH_LIMITS = []


@pytest.fixture
def series(db: None) -> Series:
    """A series of three shown episodes."""
    return show_series("第七盏灯", episodes=3)


@pytest.fixture
def maker(signed_in: Any, series: Series) -> Any:
    """The client of the series' maker."""
    return signed_in(user=series.creator)


@pytest.fixture
def fan(signed_in: Any, db: None) -> Any:
    """The client of somebody of the audience."""
    return signed_in(user=UserFactory(roles=["viewer"], handle="fan", display_name="茶客"))
