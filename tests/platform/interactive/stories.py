"""A story with two forks, shown; a premiere of it; and people who vote there."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from huaben.catalog.models import Choice, Episode, Series
from huaben.catalog.services import replace_graph
from huaben.interactive.models import Premiere, Vote
from huaben.interactive.services import advance_premiere, cast_vote, schedule_premiere
from tests.factories import UserFactory
from tests.platform.watching.works import clear_all_words, show_series

# The hour of every premiere whose clock a test turns by hand.
EIGHT = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
EPISODE = timedelta(seconds=60)
VOTE = timedelta(seconds=20)


def forked_tale(creator: Any = None) -> Series:
    """Six episodes: 1 forks to 2 and 3; 2 forks to 4 and 5; 3 goes on to 4; 4 goes on to 6; 5 and 6
    are ends. 5 opens only to an audience that took the jade on its way to 2."""
    series = show_series("第七盏灯", episodes=6, creator=creator)
    e = {episode.number: episode.pk for episode in series.episodes.all()}
    jade = {"var": "jade", "op": "set", "value": True}
    replace_graph(
        series=series,
        choices=[
            {
                "from_episode_id": e[1], "to_episode_id": e[2],
                "text": "收下玉佩",
                "seal": "收",
                "effects": [jade],
            },
            {"from_episode_id": e[1], "to_episode_id": e[3], "text": "转身走进雨里"},
            {"from_episode_id": e[2], "to_episode_id": e[4], "text": "还给她"},
            {"from_episode_id": e[2], "to_episode_id": e[5], "text": "留下它",
             "condition": {"var": "jade", "op": "eq", "value": True}},
            {"from_episode_id": e[3], "to_episode_id": e[4]},
            {"from_episode_id": e[4], "to_episode_id": e[6]},
        ],
    )  # fmt: skip
    clear_all_words(series)
    return series


def premiere_at_eight(series: Series, **facts: Any) -> Premiere:
    """A premiere at EIGHT, put on the programme an hour before."""
    given = {"host": series.creator, "starts_at": EIGHT, "now": EIGHT - timedelta(hours=1)} | facts
    return schedule_premiere(series=series, **given)


def turn(premiere: Premiere, now: datetime) -> Premiere:
    """Ask the clock; the premiere as it then is."""
    found = advance_premiere(premiere_id=premiere.pk, now=now)
    assert found is not None
    return found


def at_the_first_vote(series: Series, **facts: Any) -> tuple[Premiere, datetime]:
    """A premiere whose first vote has just opened, and when that was."""
    premiere = turn(premiere_at_eight(series, **facts), EIGHT)
    premiere = turn(premiere, EIGHT + EPISODE)
    assert premiere.state == "voting"
    return premiere, EIGHT + EPISODE


def choice(series: Series, text: str) -> Choice:
    """The choice with these words."""
    return series.choices.get(text=text)


def episode(series: Series, number: int) -> Episode:
    """The episode with this number."""
    return series.episodes.get(number=number)


def vote(
    premiere: Premiere,
    text: str,
    now: datetime,
    *,
    viewer: Any = None,
    key: Any = None,
    round_: int = 0,
    network: str = "",
) -> Vote:
    """Vote for the choice with these words, as somebody."""
    return cast_vote(
        premiere_id=premiere.pk,
        viewer_id=viewer or uuid.uuid4(),
        key=key or uuid.uuid4(),
        round_=round_ or premiere.round,
        choice_id=choice(premiere.series, text).pk,
        now=now,
        network=network,
    )


def admin() -> Any:
    """Somebody who may block works."""
    return UserFactory(roles=["copyright_admin"])
