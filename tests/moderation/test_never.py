"""What no viewer may see is held in every disguise, and what an audience says is shown at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from moderation.policy import shipped_policy
from moderation.remarks import moderate_remarks
from moderation.text import (
    NeverEntry,
    NeverList,
    NeverListError,
    fold,
    shipped_classifier,
    shipped_lexicon,
    shipped_never_list,
)

DATA = Path(__file__).with_name("data")
DAY = date(2026, 12, 1)


def remarks(name: str) -> list[str]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith(("# ", "## "))]


def verdicts(texts: list[str]) -> dict[str, str]:
    reports = moderate_remarks(
        texts,
        shipped_policy(),
        classifier=shipped_classifier(),
        lexicon=shipped_lexicon(),
        day=DAY,
    )
    return {text: report.verdict for text, report in zip(texts, reports, strict=True)}


def test_what_must_not_appear_is_held_or_blocked() -> None:
    found = verdicts(remarks("must_not_appear.txt"))
    assert len(found) > 500
    assert [text for text, verdict in found.items() if verdict == "pass"] == []


def test_what_must_appear_is_shown_at_once() -> None:
    found = verdicts(remarks("must_appear.txt"))
    assert len(found) > 1000
    assert [text for text, verdict in found.items() if verdict != "pass"] == []


def test_a_disability_is_no_name_for_those_who_write_remarks() -> None:
    hurtful = ["脑瘫儿童来发弹幕了", "楼上是智障儿童吧"]
    kind = ["脑瘫儿童也能演得这么好", "给脑瘫儿童发弹幕加油", "弹幕里有位脑瘫孩子的妈妈，加油"]
    found = verdicts([*hurtful, *kind])
    assert [text for text, verdict in found.items() if verdict != "pass"] == hurtful


def test_what_was_written_before_tuning_is_judged_nearly_as_well() -> None:
    wrong = [
        *(t for t, v in verdicts(remarks("aside_must_not_appear.txt")).items() if v == "pass"),
        *(t for t, v in verdicts(remarks("aside_must_appear.txt")).items() if v != "pass"),
    ]
    assert len(wrong) <= 6, wrong


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("看完，傻\u200b、逼！", "傻\u200b、逼"),
        ("ｆü\u0441k this", "ｆü\u0441k"),
        ("so f.u.c.k off", "f.u.c.k"),
        ("操ni妈 hm", "操ni妈"),
        ("say sh1t again", "sh1t"),
    ],
)
def test_a_hit_tells_its_place_in_the_text_as_written(text: str, quoted: str) -> None:
    assert quoted in {text[hit.start : hit.end] for hit in shipped_never_list().find(text)}


@pytest.mark.parametrize(
    "text",
    ["我们一起去试试吧", "大师你好厉害", "我真是败家了", "宝宝听话睡觉", "现在半价正好买", "操场"],
)
def test_sounds_are_not_joined_across_words(text: str) -> None:
    assert shipped_never_list().find(text, DAY) == ()
    assert not [hit for hit in shipped_lexicon().find(text, DAY) if hit.by_sound]


def test_a_threat_counts_and_its_quotation_does_not() -> None:
    never = shipped_never_list()
    assert never.find("我要杀了你", DAY)
    assert never.find("“我要杀了你”这句台词念得真狠", DAY) == ()
    assert never.find("凶手喊着要杀了你的时候我都抖了", DAY) == ()
    assert never.find("你就是个“废物东西”", DAY)


def test_an_operator_adds_entries_that_count_on_their_days() -> None:
    added = shipped_never_list().with_entries(
        [
            NeverEntry("某某谣言", "forbidden", "zh", effective=date(2026, 12, 1)),
            NeverEntry("blorp", "insult", "en", "stem", until=date(2026, 12, 31)),
            NeverEntry("水票 ~2 买|卖", "fraud", "zh", "pattern"),
        ],
        "t-1",
    )
    assert added.version == "t-1"
    assert [hit.entry.phrase for hit in added.find("转发某某、谣言", DAY)] == ["某某谣言"]
    assert added.find("转发某某谣言", date(2026, 11, 30)) == ()
    assert added.find("you b-l-o-r-p-e-r", DAY)
    assert added.find("blorper", date(2027, 1, 1)) == ()
    assert added.find("水票低价卖", DAY)
    assert shipped_never_list().find("转发某某谣言", DAY) == ()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"phrase": "…", "category": "insult"}, "needs a category"),
        ({"phrase": "x", "category": "insult", "form": "regex"}, "form"),
        ({"phrase": "x", "category": "insult", "language": "xx"}, "language"),
    ],
)
def test_an_entry_in_the_wrong_form_is_refused(entry: dict[str, str], message: str) -> None:
    with pytest.raises(NeverListError, match=message):
        NeverEntry(**entry)  # type: ignore[arg-type]  # wrong on purpose


def test_a_pattern_or_file_in_the_wrong_form_is_refused() -> None:
    for pattern in ("@nobody ~1 傻", "傻 ~99 逼"):
        with pytest.raises(NeverListError):
            NeverList([NeverEntry(pattern, "insult", "zh", "pattern")], "t")
    with pytest.raises(NeverListError, match="not a list"):
        NeverList.from_toml("version = 1")


def test_what_is_found_in_the_view_is_quoted_as_it_was_written() -> None:
    folded = fold("x Ｆüс\u200bk 你媽")
    assert (folded.text, folded.quote(2, 6)) == ("x fuck 你妈", "Ｆüс\u200bk")
