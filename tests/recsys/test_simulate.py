"""The simulated audience."""

import numpy as np
import pytest

from recsys.simulate import simulate_events, simulate_items

END = 1_760_000_000.0


def test_the_same_seed_gives_the_same_audience_and_another_seed_another(catalogue):
    first = simulate_events(catalogue, 30, 10, end=END, seed=1)
    assert first.equals(simulate_events(catalogue, 30, 10, end=END, seed=1))
    assert not first.equals(simulate_events(catalogue, 30, 10, end=END, seed=2))
    assert simulate_items(40, END, seed=1) == simulate_items(40, END, seed=1)


def test_everything_simulated_is_named_so(catalogue):
    events = simulate_events(catalogue, 30, 10, end=END).to_pylist()
    assert all(
        row["viewer_id"].startswith("simulated-") and row["event_id"].startswith("simulated-")
        for row in events
    )
    assert all(item.item_id.startswith("simulated-") for item in simulate_items(8, END))


def test_events_are_plausible(catalogue):
    rows = simulate_events(catalogue, 300, 20, end=END, days=10).to_pylist()
    shown = [row for row in rows if row["kind"] in {"watch", "skip"}]
    done = [row["completed"] for row in shown]
    assert 0.1 < sum(done) / len(done) < 0.7
    assert all(row["watched_ms"] == row["duration_ms"] for row in shown if row["completed"])
    assert all(0 <= row["watched_ms"] <= row["duration_ms"] for row in shown)
    assert all(END - 10 * 86400 <= row["at"] <= END + 1 for row in rows)
    assert len({row["event_id"] for row in rows}) == len(rows)
    assert {row["kind"] for row in rows} == {"watch", "skip", "favourite"}


def test_viewers_have_tastes_they_keep(catalogue):
    """Between viewers, the share of a genre that is watched to the end differs far more than by
    chance.
    """
    genre = {item.item_id: item.genres[0] for item in catalogue}
    liked: dict[tuple[str, str], list[bool]] = {}
    for row in simulate_events(catalogue, 200, 60, end=END).to_pylist():
        if row["kind"] in {"watch", "skip"}:
            liked.setdefault((row["viewer_id"], genre[row["item_id"]]), []).append(row["completed"])
    rates = np.array([np.mean(done) for done in liked.values() if len(done) >= 6])
    by_chance = np.sqrt(rates.mean() * (1 - rates.mean()) / 10)
    assert rates.std() > 1.5 * by_chance


def test_an_audience_needs_a_catalogue():
    with pytest.raises(ValueError):
        simulate_events([], 3, 3, end=END)
