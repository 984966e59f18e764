"""Edits in Chinese and English: the right patch, a question, or "I did not understand"."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

import pytest

from generation.editing import read_edit
from generation.editing.words import MAX_EDIT_CHARACTERS
from tests.generation.editing.films import film, short

_DATA = Path(__file__).parent / "data"
_ASKED = {"question", "not_drawn", "not_understood"}


def phrases(name: str) -> list[tuple[str, str]]:
    listed = tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))["phrases"]
    return [(text, wanted) for text, wanted in listed]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_phrasings_of_our_own_give_the_patch_that_was_meant(
    language: Literal["zh", "en"],
) -> None:
    got = {text: short(read_edit(text, film(language))) for text, _ in phrases(language)}
    right = [text for text, wanted in phrases(language) if got[text] == wanted]
    wrong = {
        text: got[text]
        for text, wanted in phrases(language)
        if got[text] != wanted and got[text] not in _ASKED
    }
    assert wrong == {}
    patches = [text for text, wanted in phrases(language) if wanted not in _ASKED]
    assert len(patches) >= 80
    assert len(right) / len(got) >= 0.95, [text for text in got if text not in right]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_phrasings_that_the_grammar_was_not_made_for_give_no_wrong_patch(
    language: Literal["zh", "en"],
) -> None:
    listed = phrases(f"{language}_fresh")
    got = {text: short(read_edit(text, film(language))) for text, _ in listed}
    wrong = {
        text: got[text]
        for text, wanted in listed
        if got[text] != wanted and got[text] not in _ASKED
    }
    assert wrong == {} and len(listed) >= 40
    assert sum(got[text] == wanted for text, wanted in listed) / len(listed) >= 0.75


def test_the_words_that_were_not_understood_are_named() -> None:
    reading = read_edit("把第二场的对比度调高", film("zh"))
    assert reading.kind == "not_understood"
    assert "对比度" in "".join(reading.words) and "对比度" in reading.message.zh
    reading = read_edit("increase the contrast in scene 2", film("en"))
    assert {"increase", "contrast"} == set(reading.words) and "contrast" in reading.message.en


def test_what_the_stage_has_not_is_said_with_the_nearest_that_it_has() -> None:
    reading = read_edit("把背景建筑换成哥特式", film("zh"))
    assert reading.kind == "not_drawn" and reading.options == ("temple", "gate")
    assert "哥特式" in reading.message.zh and "寺庙" in reading.message.zh
    assert "temple" in reading.message.en


def test_a_name_that_is_nobodys_and_a_word_that_fits_two_are_asked_for() -> None:
    nobody = read_edit("let Mei cry in scene 1", film("en"))
    assert nobody.kind == "question" and nobody.options == ("Qing", "Wen", "Huiming")
    two = read_edit("他在第二场高兴一点", film("zh"))
    assert two.kind == "question" and two.words == ("他",)
    far = read_edit("第九场下雨", film("zh"))
    assert far.kind == "question" and far.options == ("1", "2", "3", "4")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "。。。",
        "“”",
        "：",
        "第",
        "第二",
        "?" * 400,
        "(a+)+$" * 60,
        "让" * 500,
        "第一" * 200,
    ],
)
def test_no_text_is_a_pattern_and_none_fails(text: str) -> None:
    assert read_edit(text, film("zh")).kind in _ASKED


def test_a_text_too_long_for_an_edit_is_refused() -> None:
    with pytest.raises(ValueError, match="500"):
        read_edit("雨" * (MAX_EDIT_CHARACTERS + 1), film("zh"))
