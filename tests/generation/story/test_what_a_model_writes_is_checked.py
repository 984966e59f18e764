"""A language model's outline against the facts of the text that it was given."""

from __future__ import annotations

from dataclasses import replace

from generation.story.mending import MAX_SAID, mend, short_lines
from generation.story.types import Beat, Outline, Person, ScriptLine
from generation.storyboard import Setting
from tests.generation.story.marked import bookshop, lighthouse


def written(*people: Person, summary: str) -> Outline:
    beat = Beat("hook", Setting("street", "night", "rain"), 0.5, summary)
    return Outline(
        "便利店", "zh", "mystery", 1, 60.0, "a model", "一句话", people, (beat,), question=""
    )


def test_people_that_were_forgotten_or_changed_are_put_right() -> None:
    outline = mend(
        written(
            Person("A", "林晓", "general", "ink"),
            summary=(
                "林晓走进城南便利店，遇见哥哥林远。林远递给她录音笔，说别回家。"
                "她不听，跑进雨里，家门口有人等着。"
            ),
        ),
        bookshop(),
    )
    assert [(person.name, person.figure) for person in outline.people] == [
        ("林晓", "lady"),
        ("林远", "scholar"),
    ]
    assert outline.remark == ""


def test_what_is_lost_or_was_not_wanted_is_shown() -> None:
    outline = mend(written(summary="两人之间的爱情线从家门口开始"), bookshop())
    assert "录音笔、城南便利店" in outline.remark and "爱情线" in outline.remark


def test_a_name_that_was_written_otherwise_is_the_texts_own_again_wherever_it_stands() -> None:
    outline = mend(
        written(
            Person("A", "林小", "lady", "ink"), Person("B", "林远", "scholar", "jade"),
            summary="林小遇见林远",
        ),
        bookshop(),
    )  # fmt: skip
    assert [person.name for person in outline.people] == ["林晓", "林远"]
    assert outline.beats[0].summary == "林晓遇见林远"


def test_relations_and_events_that_were_lost_are_listed() -> None:
    remark = mend(written(summary="林晓走进城南便利店"), bookshop()).remark
    assert "林远是林晓的哥哥" in remark
    assert "林远递给她一只录音笔" in remark
    assert "记者林晓走进城南便利店" not in remark


def test_an_english_event_is_kept_in_any_form_of_its_verb() -> None:
    outline = replace(written(summary="Ada is climbing"), language="en")
    remark = mend(outline, lighthouse()).remark
    assert "climbs" not in remark and "sailors find her" in remark


def test_a_line_that_is_too_long_to_say_becomes_several_without_losing_a_word() -> None:
    text = "你知道我在这条街上等了你整整十年，每一天都把灯点到天亮，可是你从来没有回头看过一眼。"
    lines = short_lines([ScriptLine("A", text, "sorrow", "weep")], "zh")
    assert "".join(line.text for line in lines) == text
    assert all(len(line.text) <= MAX_SAID["zh"] for line in lines)
    assert [line.person for line in lines] == ["A"] * len(lines)
