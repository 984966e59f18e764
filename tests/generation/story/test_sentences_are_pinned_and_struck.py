"""A maker pins sentences that must be told and strikes those that must not."""

from __future__ import annotations

import pytest

from generation.story import drafting
from generation.story.telling import marks_in
from generation.story.types import Outline

TALE = (
    "从前，石桥镇有个磨刀的老人，叫周伯。他每天清早推着车过桥，吆喝一声，满街的窗都开了。"
    "镇上的孩子都怕他那把长刀。只有阿苗不怕，她天天跟在车后头，替他捡掉下来的铁屑。"
    "有一年发大水，桥断了。周伯把车推进河里，让孩子们踩着车过河。"
    "后来有人问他，车没了，拿什么磨刀？周伯笑了笑，指着阿苗。"
    "阿苗的口袋里，装着满满一袋铁屑。铁匠用它打了一把新刀。刀柄上刻着两个字：石桥。"
)


def told(outline: Outline) -> str:
    return "".join(beat.told for beat in outline.beats)


def test_a_pinned_sentence_is_always_told_and_a_struck_one_never() -> None:
    for seed in range(8):
        outline = drafting.make_outline(
            TALE, seconds=30, seed=seed, kind="prose",
            pinned=["只有阿苗不怕"], struck=["那把长刀", "刀柄上刻着"],
        )  # fmt: skip
        assert "只有阿苗不怕" in told(outline)
        assert "长刀" not in told(outline) + outline.logline + outline.title
        assert "刻着" not in told(outline)


def test_without_marks_a_short_film_leaves_the_sentence_out() -> None:
    assert "捡掉下来的铁屑" not in told(
        drafting.make_outline(TALE, seconds=24, seed=0, kind="prose")
    )


def test_blanks_and_case_do_not_matter_and_words_over_two_sentences_mark_both() -> None:
    text = "Zhou sharpened knives.\nA girl  followed him. The bridge fell."
    marks = marks_in(text, pinned=["zhou Sharpened"], struck=["followed him. The bridge"])
    assert [text[span.start : span.end] for span in marks.pinned] == ["Zhou sharpened knives."]
    assert len(marks.struck) == 2


@pytest.mark.parametrize(
    ("pinned", "struck", "named"),
    [
        (["没有这句话"], [], "not in the text"),
        ([], [" "], "not in the text"),
        (["周伯把车"], ["推进河里"], "pinned and struck"),
    ],
)
def test_marks_that_cannot_be_kept_are_refused_in_words(
    pinned: list[str], struck: list[str], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        drafting.make_outline(TALE, seconds=30, seed=0, kind="prose", pinned=pinned, struck=struck)


def test_a_text_of_which_all_is_struck_and_one_that_is_not_told_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing is left"):
        drafting.make_outline(TALE, seconds=30, seed=0, kind="prose", struck=[TALE])
    with pytest.raises(ValueError, match="in a text that is told"):
        drafting.make_outline("一盏灯", seconds=30, seed=0, pinned=["灯"])


def test_a_season_keeps_the_marks_in_every_episode() -> None:
    season = drafting.plan_season(
        TALE, 2, 1, kind="prose", seconds=40, pinned=["刀柄上刻着"], struck=["那把长刀"]
    )
    all_told = "".join(told(episode.outline) for episode in season.episodes)
    assert "刀柄上刻着" in all_told and "长刀" not in all_told
