"""From a log to a model."""

import json
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recsys import AlsSettings, Gate, Item, Recommender, TrainSettings, failed_gates, train
from recsys.events import DataError, events_table, item_as_dict, read_events, read_items
from recsys.model import Model
from recsys.simulate import simulate_events, simulate_items

END = 1_760_000_000.0


def same(first: Model, second: Model) -> bool:
    names = ("item_factors", "neighbour_ids", "neighbour_weights", "popularity", "exposures")
    return all(np.array_equal(getattr(first, name), getattr(second, name)) for name in names)


def test_an_event_that_arrives_twice_counts_once(audience, catalogue, model):
    twice = pa.concat_tables([audience, audience.slice(0, 100), audience])
    assert same(train(twice, catalogue), model)


def test_the_order_of_the_rows_does_not_matter(audience, catalogue, model):
    shuffled = audience.take(np.random.default_rng(1).permutation(len(audience)))
    assert same(train(shuffled, list(reversed(catalogue))), model)


def test_a_different_log_gives_a_different_model(audience, catalogue, model):
    assert not same(train(audience.slice(0, 200), catalogue), model)


def test_events_of_unknown_episodes_are_left_out_and_counted(audience, catalogue, swipe):
    table = pa.concat_tables([audience, events_table([swipe("no-such-episode")])])
    assert train(table, catalogue).counts["unknown_events"] == 1


def test_a_theatre_without_an_audience_can_be_trained(catalogue):
    model = train(events_table([]), catalogue)
    assert model.counts["events"] == 0
    assert not model.trained.any()


@pytest.mark.parametrize("items", [[], [Item("a", "s"), Item("a", "s")]])
def test_an_impossible_catalogue_is_refused(items):
    with pytest.raises(ValueError):
        train(events_table([]), items)


def test_an_episode_that_nobody_watched_gets_a_vector_near_its_genre():
    items = simulate_items(200, END, seed=3)
    unseen = items[0]
    events = simulate_events(items[4:], 400, 25, end=END, seed=3)
    model = train(events, items, TrainSettings(learn_ranker=False))
    row = Recommender(model).row_of(unseen.item_id)
    assert not model.trained[row]
    towards = model.item_factors @ model.item_factors[row]
    alike = [set(item.genres) == set(unseen.genres) for item in model.items]
    foreign = [not set(item.genres) & set(unseen.genres) for item in model.items]
    assert towards[np.array(alike)].mean() > towards[np.array(foreign)].mean()


def test_a_ranker_is_learned_only_where_there_are_viewers_to_judge_by(model, eager):
    assert model.ranker is None
    assert model.metrics["ranker_viewers"] < model.settings.validation_viewers
    assert eager.metrics["ranker_viewers"] >= eager.settings.validation_viewers
    assert eager.ranker is not None
    assert eager.metrics["ranker_gain"] > eager.metrics["ranker_gain_error"]


def test_a_ranker_that_does_not_beat_the_weights_does_not_serve(busy_log):
    """Of showings that say nothing about taste there is nothing to learn."""
    items, events = busy_log
    order = np.random.default_rng(2).permutation(len(events))
    noise = events
    for name in ("kind", "watched_ms", "completed"):
        place = noise.column_names.index(name)
        noise = noise.set_column(place, name, events[name].take(order))
    model = train(noise, items, TrainSettings(als=AlsSettings(factors=8, iterations=3)))
    assert model.metrics["ranker_viewers"] >= model.settings.validation_viewers
    assert model.ranker is None


def test_events_and_episodes_survive_their_files(tmp_path, audience, catalogue, swipe):
    pq.write_table(audience, tmp_path / "events.parquet")
    assert read_events(tmp_path / "events.parquet").equals(audience)
    line = {"event_id": "1", "viewer_id": "v", "item_id": "e", "at": 5, "completed": True}
    (tmp_path / "events.jsonl").write_text(json.dumps(line) + "\n\n")
    assert read_events(tmp_path / "events.jsonl").to_pylist()[0]["kind"] == "watch"
    (tmp_path / "items.jsonl").write_text(
        "\n".join(json.dumps(item_as_dict(item)) for item in catalogue)
    )
    assert read_items(tmp_path / "items.jsonl") == catalogue


def test_files_with_the_former_column_names_are_read(tmp_path):
    event = {"event_id": "1", "viewer_id": "v", "episode_id": "e", "series_id": "s", "at": 5}
    (tmp_path / "events.jsonl").write_text(json.dumps(event))
    row = read_events(tmp_path / "events.jsonl").to_pylist()[0]
    assert (row["item_id"], row["group_id"]) == ("e", "s")
    (tmp_path / "items.jsonl").write_text(json.dumps({"episode_id": "e", "series_id": "s"}))
    assert read_items(tmp_path / "items.jsonl") == [Item("e", "s")]


GOOD_EVENT = '{"event_id":"1","viewer_id":"v","item_id":"e","at":1,"watched_ms":5,"kind":"watch"}'


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("genres", '"fantasy"'),
        ("genres", '["a", 7]'),
        ("tags", '"a b"'),
        ("published_at", "NaN"),
        ("published_at", "1764500000000"),
        ("published_at", '"2026"'),
        ("text", "[1]"),
        ("item_id", '""'),
        ("item_id", "1.5"),
    ],
)
def test_an_unusable_item_file_is_refused_with_row_and_column(tmp_path, column, value):
    (tmp_path / "items.jsonl").write_text(f'{{"item_id": "a", "{column}": {value}}}')
    with pytest.raises(DataError, match=rf"items.jsonl, row 1: column {column}"):
        read_items(tmp_path / "items.jsonl")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.jsonl", "{", "line 1: not JSON"),
        ("a.jsonl", "[1]", "not a JSON object"),
        ("a.jsonl", '{"viewer_id":"v","item_id":"e","at":1}', "no column event_id"),
        (
            "a.jsonl",
            '{"event_id":"1","viewer_id":"v","item_id":"e","at":1,"kind":"glance"}',
            "unknown kind 'glance'",
        ),
        (
            "a.jsonl",
            '{"event_id":"1","viewer_id":"v","item_id":"e","at":null}',
            "empty values in column at",
        ),
        (
            "a.jsonl",
            '{"event_id":"1","viewer_id":"v","item_id":"e","at":"noon"}',
            "column at cannot be read",
        ),
        *(
            ("a.jsonl", GOOD_EVENT + "\n" + GOOD_EVENT.replace(old, new), f"row 2.*column {column}")
            for column, old, new in [
                ("at", '"at":1', '"at":NaN'),
                ("at", '"at":1', '"at":1e400'),
                ("at", '"at":1', '"at":-1'),
                ("at", '"at":1', '"at":1764500000000'),
                ("at", '"at":1', '"at":"noon"'),
                ("at", '"at":1', '"at":true'),
                ("at", '"at":1', '"at":[1]'),
                ("watched_ms", '"watched_ms":5', '"watched_ms":NaN'),
                ("watched_ms", '"watched_ms":5', '"watched_ms":-5'),
                ("watched_ms", '"watched_ms":5', '"watched_ms":1e30'),
                ("watched_ms", '"watched_ms":5', f'"watched_ms":{10**30}'),
                ("viewer_id", '"v"', '""'),
                ("viewer_id", '"v"', "1.5"),
                ("kind", '"watch"', '"glance"'),
            ]
        ),
        ("a.parquet", "not parquet", "not a readable parquet file"),
        ("a.csv", "", "neither .parquet nor .jsonl"),
    ],
)
def test_an_unusable_event_file_is_refused_by_name(tmp_path, name, text, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(DataError, match=message):
        read_events(tmp_path / name)


def test_a_model_with_what_is_no_number_or_less_than_popularity_fails_its_gate(model):
    assert failed_gates(model) == []
    factors = np.full_like(model.item_factors, np.nan)
    assert failed_gates(replace(model, item_factors=factors)) == [Gate.NUMBERS]
    measured = {"gain_over_popularity": -0.03, "gain_over_popularity_error": 0.01}
    assert failed_gates(replace(model, metrics=measured)) == [Gate.POPULARITY]
    within_chance = measured | {"gain_over_popularity": -0.01}
    assert failed_gates(replace(model, metrics=within_chance)) == []


def test_a_showing_counts_as_a_sign_of_taste_only_where_the_settings_say_so(audience, catalogue):
    def liked_pairs(shown_strength):
        settings = TrainSettings(
            als=AlsSettings(factors=4, iterations=1),
            learn_ranker=False,
            shown_strength=shown_strength,
        )
        return train(audience, catalogue, settings).counts["liked_pairs"]

    assert liked_pairs(1.0) > 1.5 * liked_pairs(0.0)
