"""What one event says about taste."""

import numpy as np
import pytest

from recsys import EventKind, WatchEvent, event_strength
from recsys.feedback import time_decay


def event(kind="watch", watched=0, duration=60_000, completed=False):
    return WatchEvent("e", "v", "x", "s", 0.0, EventKind(kind), watched, duration, completed)


@pytest.mark.parametrize(
    ("what", "strength"),
    [
        (event(watched=30_000), 0.5),
        (event(watched=60_000, completed=True), 2.0),
        (event(watched=120_000, completed=True), 2.5),
        (event(watched=600_000, completed=True), 3.0),
        (event(watched=2_000), -1.0),
        (event("skip", watched=4_000), -1.0),
        (event("skip", watched=20_000), -0.5),
        (event("skip", watched=45_000), 0.0),
        (event("skip", watched=60_000, completed=True), 2.0),
        (event("favourite"), 2.0),
        (event("follow"), 2.0),
        (event("share"), 1.5),
        (event("dismiss"), -3.0),
        (event("impression"), 0.0),
        (event(duration=0, watched=9_000), 0.0),
        (event(duration=0, completed=True), 2.0),
    ],
)
def test_an_event_has_the_strength_of_the_table(what, strength):
    assert event_strength(what) == pytest.approx(strength)


def test_an_event_of_one_half_life_ago_weighs_half_and_the_future_weighs_as_now():
    assert time_decay(np.array([86400.0, -5.0]), 1.0) == pytest.approx([0.5, 1.0])


@pytest.mark.parametrize(
    "wrong",
    [
        {"watched_ms": -1},
        {"at": float("nan")},
        {"at": -1.0},
        {"event_id": ""},
        {"viewer_id": ""},
        {"kind": "glance"},
    ],
)
def test_an_event_that_makes_no_sense_is_refused(wrong):
    right = {"event_id": "e", "viewer_id": "v", "item_id": "x", "group_id": "s", "at": 0.0}
    with pytest.raises(ValueError):
        WatchEvent(**(right | wrong))
