"""A model's folder: whole or not at all."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from recsys import (
    FeedRequest,
    Item,
    ModelCache,
    ModelError,
    Recommender,
    WatchEvent,
    save_model,
    train,
)
from recsys.events import events_table
from recsys.store import MAX_VERSIONS, current_folder, read_manifest, versions
from recsys.vector_index import VectorIndex

READER = """
import sys, time
from pathlib import Path
from recsys import FeedRequest, Recommender
root, until = Path(sys.argv[1]), Path(sys.argv[2])
print("ready", flush=True)
seen = set()
while True:
    last = until.exists()
    engine = Recommender.load(root)
    page = engine.recommend(FeedRequest(limit=5))
    assert len(page) == 5 and len(engine.model.item_factors) == engine.manifest["counts"]["items"]
    seen.add(engine.version)
    if last:
        break
    time.sleep(0.001)  # lets the writer run, whatever priority a machine gives this process
print(len(seen), engine.version)
"""


def test_a_model_read_back_gives_the_same_pages(tmp_path, recommender, swipe):
    asked = FeedRequest(history=(swipe("志怪-0"), swipe("言情-1", skipped=True)), limit=10)
    folder = recommender.save(tmp_path / "models")
    for place in (folder, tmp_path / "models"):
        assert Recommender.load(place).recommend(asked) == recommender.recommend(asked)


def test_a_ranker_read_back_gives_the_same_pages(tmp_path, eager_folder, eager, busy_log):
    _, events = busy_log
    history = tuple(WatchEvent(**row) for row in events.to_pylist() if row["viewer_id"] == "v003")[
        :20
    ]
    asked = FeedRequest(history=history, limit=8)
    engine = Recommender.load(eager_folder)
    assert engine.model.ranker is not None
    assert engine.recommend(asked) == Recommender(eager).recommend(asked)


def test_the_manifest_says_what_the_model_is(tmp_path, model, catalogue):
    manifest = read_manifest(save_model(tmp_path, model))
    assert manifest["counts"]["items"] == len(catalogue)
    assert manifest["version"] == current_folder(tmp_path).name
    assert set(manifest["files"]) == {path.name for path in current_folder(tmp_path).iterdir()} - {
        "manifest.json"
    }


def test_equal_models_have_equal_digests(tmp_path, audience, catalogue, model):
    first, second = (
        save_model(tmp_path / "a", model),
        save_model(tmp_path / "b", train(audience, catalogue)),
    )
    assert read_manifest(first)["digest"] == read_manifest(second)["digest"]


def test_processes_that_read_while_versions_are_exchanged_never_see_a_torn_model(tmp_path, model):
    root, until = tmp_path / "models", tmp_path / "stop"
    save_model(root, model)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(root), str(until)], stdout=-1, stderr=-1, text=True
        )
        for _ in range(2)
    ]
    try:
        for reader in readers:
            assert reader.stdout.readline() == "ready\n"
        for number in range(8):
            grown = model.with_items(
                [Item(f"more-{n}", f"more-{n}", ("志怪",)) for n in range(number)]
            )
            newest = save_model(root, grown)
        until.touch()
        for reader in readers:
            out, err = reader.communicate(timeout=60)
            assert reader.returncode == 0, err
            count, last = out.split()
            assert int(count) > 1
            assert last == newest.name
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()
    assert len(versions(root)) == MAX_VERSIONS
    assert not list(root.glob(".*"))


@pytest.mark.parametrize(
    "name",
    ["item_factors.npy", "items.jsonl", "factors.faiss", "content_data.npy", "ranker.json"],
)
@pytest.mark.parametrize("how", ["cut", "changed", "gone"])
def test_a_damaged_model_is_refused_by_name(tmp_path, eager_folder, name, how):
    folder = tmp_path / "version"
    shutil.copytree(eager_folder, folder)
    path = folder / name
    if how == "gone":
        path.unlink()
    elif how == "cut":
        path.write_bytes(path.read_bytes()[:-7])
    else:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    with pytest.raises(ModelError, match=name):
        Recommender.load(folder)


@pytest.fixture(scope="module")
def eager_folder(tmp_path_factory, eager):
    return save_model(tmp_path_factory.mktemp("eager"), eager)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", json.dumps({"format": 99}), json.dumps({"format": 1})]
)
def test_a_manifest_that_is_none_is_refused(tmp_path, model, text):
    (save_model(tmp_path, model) / "manifest.json").write_text(text)
    with pytest.raises(ModelError):
        Recommender.load(tmp_path)


def test_the_cache_takes_the_newer_model_and_keeps_it_when_the_next_is_damaged(
    tmp_path, model, caplog
):
    save_model(tmp_path, model)
    cache = ModelCache(tmp_path)
    first = cache.current()
    assert cache.current() is first
    save_model(tmp_path, model.with_items([Item("one-more", "one-more")]))
    second = cache.current()
    assert len(second.model.items) == len(first.model.items) + 1
    broken = save_model(tmp_path, model)
    (broken / "gram.npy").write_bytes(b"")
    assert cache.current() is second
    assert cache.current() is second
    assert "gram.npy" in cache.last_error
    assert len([record for record in caplog.records if "gram.npy" in record.getMessage()]) == 1
    save_model(tmp_path, model)
    assert cache.current() is not second
    assert cache.last_error is None


def test_the_cache_without_any_model_says_so(tmp_path):
    with pytest.raises(ModelError, match="no model here"):
        ModelCache(tmp_path).current()


def test_the_cache_whose_folder_is_deleted_goes_on_with_what_it_holds(tmp_path, model):
    save_model(tmp_path / "models", model)
    cache = ModelCache(tmp_path / "models")
    held = cache.current()
    shutil.rmtree(tmp_path / "models")
    assert cache.current() is held


def test_a_draft_that_fails_leaves_nothing_behind_and_the_old_one_in_force(tmp_path, model):
    before = save_model(tmp_path, model)
    unfit = model.with_items([Item("odd", "odd", text="\ud800")])
    with pytest.raises(UnicodeEncodeError):
        save_model(tmp_path, unfit)
    assert current_folder(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([before.name, "current"])


def test_a_pointer_to_nowhere_is_refused(tmp_path, model):
    save_model(tmp_path, model)
    (tmp_path / "current").write_text("../elsewhere\n")
    with pytest.raises(ModelError, match="not a model"):
        Recommender.load(tmp_path)


def test_the_graph_index_finds_what_the_exact_one_finds(tmp_path):

    vectors = np.random.default_rng(0).normal(size=(2000, 16)).astype(np.float32)
    exact, graph = VectorIndex.build(vectors), VectorIndex.build(vectors, max_flat_rows=100)
    graph.write(tmp_path / "graph")
    graph = VectorIndex.read(tmp_path / "graph")
    found = [
        len(set(exact.nearest(vector, 20)[0]) & set(graph.nearest(vector, 20)[0])) / 20
        for vector in vectors[:50]
    ]
    assert sum(found) / len(found) > 0.9


def test_an_empty_theatre_can_be_stored_and_served(tmp_path, catalogue):
    save_model(tmp_path, train(events_table([]), catalogue[:2]))
    assert len(Recommender.load(tmp_path).recommend(FeedRequest(limit=5))) == 2
