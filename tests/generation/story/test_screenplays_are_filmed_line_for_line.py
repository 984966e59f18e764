"""A finished screenplay: every spoken line as it stands, in order, by the right person."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from generation.story import screenplay
from generation.story.types import Outline, Script
from generation.story.validation import find_faults
from tests.generation.test_story import reading_time

FOLDER = Path(__file__).parent / "data" / "screenplays"
SPOKEN: dict[str, list[list[str]]] = json.loads((FOLDER / "spoken.json").read_text("utf-8"))


def filmed(name: str) -> tuple[Outline, Script]:
    outline = screenplay.make_outline((FOLDER / name).read_text("utf-8"), seconds=60, seed=3)
    return outline, screenplay.write_script(outline, reading_time)


def spoken_in(script: Script, elements: set[str]) -> list[tuple[str, str]]:
    """Who says what, stretches of one speech joined; the storyteller's reading of action left
    out.
    """
    called = {person.id: person.called for person in script.people}
    found: list[tuple[str, str]] = []
    for scene in script.scenes:
        for line in scene.lines:
            if line.person is None and line.text not in elements:
                continue
            found.append((called[line.person] if line.person else "", line.text))
    return found


@pytest.mark.parametrize("name", sorted(SPOKEN))
def test_every_line_is_spoken_as_it_stands_in_order_by_the_right_person(name: str) -> None:
    outline, script = filmed(name)
    told = {text for speaker, text in SPOKEN[name] if not speaker}
    wanted = [(speaker, text) for speaker, text in SPOKEN[name]]
    heard = spoken_in(script, told)
    if "长" in name:  # a speech too long for a line is parted and lost nowhere
        cut = len(heard) - len(wanted) + 1
        heard = [("律师", "".join(text for _, text in heard[:cut])), *heard[cut:]]
    together = {"DANA & ELI": "DANA", "二哥、三弟": "二哥"}
    assert heard == [(together.get(speaker, speaker), text) for speaker, text in wanted]
    assert not find_faults(outline) and not find_faults(script)


@pytest.mark.parametrize("name", sorted(SPOKEN))
def test_no_line_of_action_is_lost_or_changed(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    read = screenplay.read_screenplay(text)
    _, script = filmed(name)
    heard = [line.text for scene in script.scenes for line in scene.lines]
    for scene in read.scenes:
        for element in scene.elements:
            if element.kind == "action":
                assert element.text in heard
    for filmed_scene in script.scenes:
        for line in filmed_scene.lines:
            assert _without_emphasis(text[line.start : line.end]) == line.text


def _without_emphasis(text: str) -> str:
    return text.replace("*", "")


def test_headings_are_sets_and_a_place_without_a_set_gets_a_board() -> None:
    outline, script = filmed("07-码头.txt")
    assert outline.title == "码头"
    assert [(scene.setting.place, scene.setting.hour) for scene in script.scenes] == [
        ("river", "night"),
        ("river", "night"),
    ]
    outline, script = filmed("11-飞船.txt")
    assert [scene.setting.place for scene in script.scenes] == ["curtain", "curtain"]
    assert [scene.board for scene in script.scenes] == ["飞船驾驶舱", "飞船走廊"]
    outline, _ = filmed("01-kitchen.fountain")
    assert [(beat.setting.place, beat.setting.hour, beat.board) for beat in outline.beats] == [
        ("curtain", "night", "KITCHEN"),
        ("bridge", "dawn", ""),
    ]


def test_parentheticals_are_feelings_and_action_is_acted() -> None:
    _, script = filmed("01-kitchen.fountain")
    lines = {line.text: line for scene in script.scenes for line in scene.lines}
    assert lines["Don't read it."].emotion == "sorrow"
    ben = next(person.id for person in script.people if person.called == "BEN")
    throws = lines["Ben throws the letter into the river."]
    assert [(act.person, act.verb, act.thing) for act in throws.acts] == [(ben, "strike", "letter")]
    _, script = filmed("07-码头.txt")
    lines = {line.text: line for scene in script.scenes for line in scene.lines}
    gives = lines["阿九把一把钥匙递给陈默。"].acts[0]
    assert (gives.verb, gives.thing) == ("give", "钥匙") and gives.to == "A"
    assert lines["船呢？"].person == "A"


def test_people_have_the_sex_and_age_that_the_screenplay_gives_them() -> None:
    outline, _ = filmed("10-教室.txt")
    assert {person.name: person.figure for person in outline.people} == {
        "王老师": "lady",
        "小胖": "child",
        "苗苗": "girl",
        "全班": "scholar",
    }
    outline, _ = filmed("01-kitchen.fountain")
    assert [person.figure for person in outline.people] == ["lady", "scholar"]
    outline, _ = filmed("04-robot.fountain")
    assert {person.name: person.figure for person in outline.people} == {
        "JUNE": "girl",
        "UNIT 7": "robot",
    }


def test_an_edit_in_the_outline_changes_the_script() -> None:
    outline, _script = filmed("15-plain-zh.txt")
    beat = outline.beats[0]
    edited = replace(
        outline,
        title="树",
        people=(replace(outline.people[0], name="小雪"), *outline.people[1:]),
        beats=(
            replace(
                beat,
                told=beat.told.replace("没接住。", "你没接住。") + "\n门卫：关门了，小雨！",
                setting=replace(beat.setting, place="forest"),
            ),
        ),
    )
    again = screenplay.write_script(edited, reading_time)
    assert again.title == "树" and again.scenes[0].setting.place == "forest"
    lines = [line.text for scene in again.scenes for line in scene.lines]
    assert "你没接住。" in lines and lines[-1] == "关门了，小雪！"
    assert [person.name for person in again.people] == ["小雪", "阿哲", "门卫"]


def test_what_is_not_filmed_is_listed_with_its_reason() -> None:
    read = screenplay.read_screenplay((FOLDER / "03-office.fountain").read_text("utf-8"))
    assert [(note.text.split("\n")[0], note.reason) for note in read.notes] == [
        ("Maybe cut this?", "comment"),
        ("An old ending", "comment"),
        ("> FADE OUT.", "transition"),
    ]


def test_prose_is_not_taken_for_a_screenplay() -> None:
    for text in (
        "从前有座山，山里有座庙。老和尚说：“我给你讲个故事。”",
        "A clockmaker finds a letter. He says: come home.",
        "INTERESTING TIMES for a fox",
        "想法：一个女孩捡到一只猫",
    ):
        assert not screenplay.looks_like_screenplay(text)
    for name in SPOKEN:
        assert screenplay.looks_like_screenplay((FOLDER / name).read_text("utf-8")), name


def test_a_script_written_as_fountain_reads_as_the_same_lines() -> None:
    for name in ("01-kitchen.fountain", "07-码头.txt", "15-plain-zh.txt"):
        _, script = filmed(name)
        again = screenplay.read_screenplay(screenplay.to_fountain(script))
        assert [element.text for scene in again.scenes for element in scene.elements] == [
            line.text for scene in script.scenes for line in scene.lines
        ]
