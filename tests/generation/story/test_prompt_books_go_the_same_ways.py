"""Text from a writing room is told, filmed or invented from as its form says."""

from __future__ import annotations

import pytest

from generation.story import drafting
from generation.story.material import detect_kind
from generation.story.prompt_book import read_prompt_book

SCREENPLAY = (
    "# 石桥\n\n// 这里要不要下雨？\n\n## 第一场 内 客栈 夜\n\n△ 沈月推门进来。\n\n"
    "沈月：有人吗？\n\n"
    "掌柜（慌张）：今晚不住店。\n"
)
TALE = (
    "# 石桥\n\n" + "从前，石桥镇有个磨刀的老人，叫周伯。他每天清早推着车过桥，吆喝一声。" * 2
    + "\n\n## 第二段\n\n“快走！”周伯喊。阿苗没有动。\n\n// 太长了？\n\n"
    + "桥断了，周伯把车推进河里。" * 12
)  # fmt: skip
IDEA = "片名：石桥\n类型：武侠\n一句话：磨刀人周伯把车推进河里，救了阿苗。\n"


@pytest.mark.parametrize(
    ("text", "kind"), [(SCREENPLAY, "screenplay"), (TALE, "prose"), (IDEA, "idea")]
)
def test_the_form_says_the_kind_through_the_marks(text: str, kind: str) -> None:
    assert detect_kind(text) == kind


@pytest.mark.parametrize("text", [SCREENPLAY, TALE, IDEA])
def test_marks_are_blanked_and_every_word_stays_in_its_place(text: str) -> None:
    said = read_prompt_book(text).text
    assert len(said) == len(text)
    assert all(a in (b, " ") for a, b in zip(said, text, strict=True))


def test_headings_and_remarks_are_not_said_and_the_title_is_the_books() -> None:
    for text in (SCREENPLAY, TALE):
        outline = drafting.make_outline(text, seconds=40, seed=1)
        told = "".join(beat.told for beat in outline.beats)
        assert outline.title == "石桥"
        assert "#" not in told and "//" not in told and "第二段" not in told


def test_a_named_genre_is_the_films_and_labels_are_not_told() -> None:
    outline = drafting.make_outline(IDEA, seconds=40, seed=1)
    assert (outline.genre, outline.title, outline.material) == ("wuxia", "石桥", "told")
    assert "一句话" not in "".join(beat.told for beat in outline.beats)
    assert not {"类型", "一句话", "片名"} & {person.name for person in outline.people}


def test_told_words_stand_where_the_outline_says_in_the_text_as_it_was_given() -> None:
    outline = drafting.make_outline(IDEA, seconds=40, seed=1)
    spans = [beat for beat in outline.beats if beat.end]
    assert spans and all(IDEA[beat.start : beat.end] == beat.told for beat in spans)


@pytest.mark.parametrize(
    "text",
    ["一把旧伞", "他说：你好。", "Title: The Bridge\n\nINT. INN - NIGHT\n\nSHEN\nHello.\n", "#"],
)
def test_a_text_without_marks_comes_back_as_it_is(text: str) -> None:
    assert read_prompt_book(text).text == text
