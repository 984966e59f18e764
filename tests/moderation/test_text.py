"""Text: normalising, the shipped classifier and its card, evasion, training, the lexicon."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.text import (
    Lexicon,
    ModelError,
    TextClassifier,
    load_classifier,
    normalise,
    shipped_classifier,
    shipped_lexicon,
)
from moderation.text.classifier import SHIPPED_MODEL
from moderation.text.convolution import Convolution, ConvolutionSettings
from moderation.text.datasets import DataError, read_labelled
from moderation.text.lexicon import LexiconError
from moderation.text.linear import LinearSettings
from moderation.text.model_folder import file_digest, read_card
from moderation.text.normalise import syllable
from moderation.text.obfuscation import Homophones, with_separators, with_zero_width
from moderation.text.training import train_linear, train_pair, train_transformer

RUDE = ["这些人都是垃圾,应该滚出去", "你们这种人真不要脸,恶心死了", "他们就是一群没脑子的废物"]
KIND = ["今天的湖面真安静,我们去划船吧", "这部剧的配乐很好听,期待下一集", "谢谢大家一直以来的支持"]


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ＡＩ生成", "ai生成"),
        ("垃\u200b圾\ufeff人", "垃圾人"),
        ("垃 圾*人", "垃圾人"),
        ("這是個國家", "这是个国家"),
        ("你是🐷", "你是猪"),
        ("好好好好好好", "好好"),
        ("垃\u0336圾\u0336", "垃圾"),
        ("see you later", "see you later"),
        ("第 1 集", "第 1 集"),
    ],
)
def test_tricks_are_undone(written: str, meant: str) -> None:
    assert normalise(written) == meant


def test_words_that_sound_alike_have_the_same_syllables() -> None:
    assert [syllable(c) for c in "煞笔"] == [syllable(c) for c in "傻逼"]
    assert syllable("a") == "a"


def test_the_shipped_model_is_what_its_card_says_and_holds_no_pickle() -> None:
    card = read_card(SHIPPED_MODEL)
    assert {path.name for path in SHIPPED_MODEL.iterdir()} == {"card.json", *card["files"]}
    assert sum(path.stat().st_size for path in SHIPPED_MODEL.iterdir()) < 3_000_000
    for name in card["files"]:
        with np.load(SHIPPED_MODEL / name, allow_pickle=False) as arrays:
            assert all(arrays[key].dtype != object for key in arrays.files)
    for language in ("zh", "en"):
        assert card["use"][language]
        assert card["limits"][language]
    figures = card["metrics"]["cold_fine.csv"]
    assert figures["rows"] == 2114
    assert figures["groups"]["fine:anti_bias"] > 0.376
    assert figures["auc"] > 0.870
    assert figures["auc"] - figures["auc_rewritten"]["homophones"] < 0.037
    assert "cold_fine.csv" not in card["trained_on"]


def test_the_shipped_model_tells_rude_from_kind(classifier: TextClassifier) -> None:
    scores = classifier.score([*RUDE, *KIND])
    assert (scores[:3] > 0.7).all()
    assert (scores[3:] < 0.4).all()
    assert classifier.version.startswith("pair-")
    assert any("垃圾" in piece for piece in classifier.explain(RUDE[0]))
    assert classifier.explain("") == ()


def test_scores_do_not_depend_on_the_company_a_text_is_in(classifier: TextClassifier) -> None:
    together = classifier.score([*RUDE, *KIND, ""])
    alone = np.array([classifier.score([text])[0] for text in [*RUDE, *KIND, ""]])
    assert np.allclose(together, alone, atol=1e-4), (
        "sums in another order differ in the last digits, no more"
    )
    assert classifier.score([]).shape == (0,)


@pytest.fixture(scope="module")
def classifier() -> TextClassifier:
    """The shipped one, loaded once."""
    return shipped_classifier()


@given(texts=st.lists(st.text(max_size=300), max_size=4))
def test_any_text_gets_a_score(classifier: TextClassifier, texts: list[str]) -> None:
    scores = classifier.score(texts)
    assert scores.shape == (len(texts),)
    assert ((scores >= 0) & (scores <= 1)).all()


@pytest.mark.parametrize("seed", range(3))
def test_evasion_does_not_hide_what_was_meant(classifier: TextClassifier, seed: int) -> None:
    rng = random.Random(seed)
    plain = classifier.score(RUDE)
    assert np.allclose(classifier.score([with_zero_width(text, 0.5, rng) for text in RUDE]), plain)
    assert np.allclose(classifier.score([with_separators(text, 0.5, rng) for text in RUDE]), plain)
    common = Homophones(
        [
            "的是不了人在有我他这中大来上个国说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
        ],
        1,
    )
    rewritten = classifier.score([common.rewrite(text, 0.3, rng) for text in RUDE])
    assert (rewritten > 0.5).all()


def test_a_changed_or_missing_model_file_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(SHIPPED_MODEL, copy)
    assert load_classifier(copy).version == shipped_classifier().version
    weights = copy / "convolution.npz"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\0\0")
    with pytest.raises(ModelError, match="not the file"):
        load_classifier(copy)
    weights.unlink()
    with pytest.raises(ModelError, match="missing"):
        load_classifier(copy)
    with pytest.raises(ModelError, match="no model folder"):
        load_classifier(tmp_path / "nowhere")


def test_a_pickle_in_place_of_weights_is_not_opened(tmp_path: Path) -> None:
    np.savez(
        tmp_path / "weights.npz", buckets=np.array([object()], dtype=object), allow_pickle=True
    )
    card = {
        "kind": "linear",
        "buckets": 1 << 22,
        "files": {"weights.npz": file_digest(tmp_path / "weights.npz")},
    }
    (tmp_path / "card.json").write_text(json.dumps(card))
    with pytest.raises(ModelError):
        load_classifier(tmp_path)


def test_a_card_cannot_point_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text(json.dumps({"kind": "linear", "files": {"../x": "0"}}))
    with pytest.raises(ModelError, match="outside"):
        load_classifier(tmp_path)


@pytest.fixture(scope="module")
def comments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small data folder in COLD's form, of made-up sentences with an easy rule."""
    folder = tmp_path_factory.mktemp("data")
    rng = random.Random(1)
    people, places = (
        ["邻居", "同学", "老板", "店家", "司机", "演员"],
        ["湖边", "桥上", "茶馆", "街口", "山里"],
    )
    ends = {
        True: ["都是讨厌鬼", "真让人恶心", "赶快滚开"],
        False: ["都很和气", "笑着打招呼", "请我喝茶"],
    }
    for name, rows in (("cold_train.csv", 400), ("cold_fine.csv", 80)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["TEXT", "label", "topic", "fine-grained-label"])
            writer.writeheader()
            for index in range(rows):
                rude = rng.random() < 0.5
                text = f"{rng.choice(places)}的{rng.choice(people)}{rng.choice(ends[rude])}"
                text += f"{name[5]}{index}"
                writer.writerow(
                    {
                        "TEXT": text,
                        "label": int(rude),
                        "topic": "people",
                        "fine-grained-label": 2 if rude else 0,
                    }
                )
    return folder


def test_training_writes_a_model_folder_that_loads_and_judges(
    tmp_path: Path, comments: Path
) -> None:
    stages: list[tuple[float, str]] = []
    out = tmp_path / "model"
    card = train_linear(
        comments,
        out,
        LinearSettings(features=5000),
        lambda share, step: stages.append((share, step)),
    )
    assert card == read_card(out)
    assert card["metrics"]["cold_fine.csv"]["accuracy"] > 0.95
    assert card["trained_on"] == {
        "cold_train.csv": {"sha256": file_digest(comments / "cold_train.csv")}
    }
    assert [share for share, _ in stages] == sorted(share for share, _ in stages)
    again = train_linear(
        comments, tmp_path / "again", LinearSettings(features=5000), lambda *_: None
    )
    texts = ["茶馆的演员真让人恶心", "湖边的同学都很和气"]
    first, second = (
        load_classifier(out).score(texts),
        load_classifier(tmp_path / "again").score(texts),
    )
    assert np.array_equal(first, second), "the same data give the same model"
    assert first[0] > 0.5 > first[1]
    assert again["rows"] == card["rows"]


def test_the_shipped_kind_is_trained_and_gives_the_same_scores_alone_and_in_company(
    tmp_path: Path, comments: Path
) -> None:
    out = tmp_path / "pair"
    network = ConvolutionSettings(epochs=3, vector=16, filters=16)
    card = train_pair(comments, out, LinearSettings(features=5000), network, lambda *_: None)
    assert card["kind"] == "pair"
    assert set(card["files"]) == {"weights.npz", "convolution.npz"}
    classifier = load_classifier(out)
    texts = ["茶馆的演员真让人恶心", "湖边的同学都很和气", "", "茶" * 3000]
    scores = classifier.score(texts)
    assert scores[0] > 0.5 > scores[1]
    assert np.allclose(scores, [classifier.score([text])[0] for text in texts], atol=1e-6)
    again = load_classifier(train_again(comments, tmp_path / "again", network))
    assert np.array_equal(again.score(texts), scores), "the same data give the same model"
    del card["mix"]
    (out / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(ModelError, match="mixed"):
        load_classifier(out)


def train_again(data: Path, out: Path, network: ConvolutionSettings) -> Path:
    train_pair(data, out, LinearSettings(features=5000), network, lambda *_: None)
    return out


def test_numpy_and_pytorch_agree_on_the_network() -> None:
    import torch

    from moderation.text.convolution import _ids, _network

    torch.manual_seed(1)
    settings = ConvolutionSettings(vector=8, filters=8)
    network = _network(7, 7, settings)
    words = tuple("茶馆说书人")
    sounds = tuple(sorted({syllable(word) for word in words}))
    applied = Convolution(words, sounds, network.arrays())
    texts = ["茶馆", "说书人说书", "雨"]
    place = {word: index for index, word in enumerate(words, 2)}
    sound = {syllable_: index for index, syllable_ in enumerate(sounds, 2)}
    network.eval()
    with torch.inference_mode():
        expected = network(*(torch.from_numpy(each) for each in _ids(texts, place, sound))).numpy()
    assert np.allclose(applied.log_odds(texts), expected, atol=1e-5)


def test_a_failed_training_leaves_the_old_model(tmp_path: Path, comments: Path) -> None:
    out = tmp_path / "model"
    train_linear(comments, out, LinearSettings(features=500), lambda *_: None)
    before = read_card(out)
    one_sided = tmp_path / "data"
    one_sided.mkdir()
    (one_sided / "train.csv").write_text("TEXT,label\n你好,0\n再见,0\n", "utf-8")
    with pytest.raises(ValueError, match="both"):
        train_linear(one_sided, out, LinearSettings(), lambda *_: None)
    assert read_card(out) == before
    assert {path.name for path in tmp_path.iterdir()} == {"model", "data"}


def test_a_bad_row_is_named_by_its_line_and_never_quoted(tmp_path: Path) -> None:
    path = tmp_path / "train.csv"
    path.write_text("TEXT,label\n好,0\n一句不该出现在日志里的话,maybe\n", "utf-8")
    with pytest.raises(DataError, match="line 3") as raised:
        read_labelled(path)
    assert "日志" not in str(raised.value)


def test_a_tiny_transformer_is_trained_loaded_and_fine_tuned_again(
    tmp_path: Path, comments: Path
) -> None:
    out = tmp_path / "tiny"
    card = train_transformer(comments, out, "tiny", lambda *_: None, epochs=4)
    assert card["kind"] == "transformer"
    assert "model.safetensors" in card["files"]
    assert not [path for path in out.iterdir() if path.suffix in (".bin", ".pkl", ".pt")]
    classifier = load_classifier(out)
    assert classifier.version.startswith("transformer-")
    scores = classifier.score(["茶馆的演员真让人恶心", "湖边的同学都很和气", ""])
    assert scores[0] > scores[1]
    assert ((scores >= 0) & (scores <= 1)).all()
    assert classifier.explain("茶馆") == ()
    second = train_transformer(
        comments, tmp_path / "second", str(out), lambda *_: None, epochs=1, limit=64
    )
    assert second["settings"]["base"] == "tiny"
    with pytest.raises(ModelError, match="no model folder"):
        train_transformer(comments, tmp_path / "third", str(tmp_path / "nowhere"), lambda *_: None)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="sequence classifier"):
        train_transformer(comments, tmp_path / "third", str(tmp_path / "empty"), lambda *_: None)


def test_the_lexicon_finds_words_by_form_and_by_sound_on_their_days() -> None:
    lexicon = Lexicon.from_json(
        json.dumps(
            {
                "version": "t",
                "groups": [
                    {
                        "category": "fraud",
                        "effective": "2026-01-01",
                        "until": "2026-06-30",
                        "words": ["稳赚不赔"],
                    },
                    {"category": "insult", "effective": "2026-01-01", "words": ["scum"]},
                ],
            }
        )
    )
    day = date(2026, 3, 1)
    assert [(hit.word, hit.by_sound) for hit in lexicon.find("包你稳 赚*不赔", day)] == [
        ("稳赚不赔", False)
    ]
    assert [(hit.word, hit.by_sound) for hit in lexicon.find("包你稳钻布陪", day)] == [
        ("稳赚不赔", True)
    ]
    assert lexicon.find("稳赚不赔", date(2025, 12, 31)) == ()
    assert lexicon.find("稳赚不赔", date(2026, 7, 1)) == ()
    assert [hit.word for hit in lexicon.find("you SCUM!", day)] == ["scum"]
    assert lexicon.find("scumble", day) == ()
    with pytest.raises(LexiconError):
        Lexicon.from_json('{"version": "t", "groups": [{"category": "x", "words": ["a"]}]}')
    assert shipped_lexicon().find("kind words", day) == ()


def test_the_commands_train_and_evaluate(
    tmp_path: Path, comments: Path, run: Callable[..., Any]
) -> None:
    trained = run(
        "train", "--data", comments, "--out", tmp_path / "model", "--kind", "linear", "--json"
    )
    assert trained.returncode == 0, trained.stderr
    assert json.loads(trained.stdout)["kind"] == "linear"
    measured = run("evaluate", "--data", comments, "--model", tmp_path / "model", "--json")
    assert json.loads(measured.stdout)["metrics"]["cold_fine.csv"]["accuracy"] > 0.95
    refused = run("train", "--data", comments, "--out", tmp_path / "x", "--kind", "transformer")
    assert refused.returncode == 2
    assert "--base" in refused.stderr
    refused = run("train", "--data", tmp_path / "nowhere", "--out", tmp_path / "x")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "no data folder" in refused.stderr
