"""A text with something to tell: its own words are heard, its people seen, nothing made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from generation.story import telling
from generation.story.facts import read_facts
from generation.story.facts.types import Facts
from generation.story.types import Outline, Script
from generation.story.validation import find_faults
from tests.generation.story.marked import ALL, bookshop, clockmaker, lighthouse
from tests.generation.test_story import reading_time


def told(facts: Facts, seed: int = 0, seconds: float = 60) -> tuple[Outline, Script]:
    outline = telling.make_outline(facts, seconds=seconds, seed=seed, genre="mystery")
    return outline, telling.write_script(outline, reading_time)


def heard(script: Script) -> str:
    return "".join(line.text for scene in script.scenes for line in scene.lines)


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@pytest.mark.parametrize("marked", ALL)
@pytest.mark.parametrize("seed", range(5))
def test_the_whole_story_is_heard_in_its_own_words_and_order(
    marked: Callable[[], Facts], seed: int
) -> None:
    facts = marked()
    outline, script = told(facts, seed)
    assert not find_faults(outline) and not find_faults(script)
    lines = [line for scene in script.scenes for line in scene.lines]
    for line in lines:
        if line.end:
            assert facts.text[line.start : line.end] == line.text
    story = facts.text.removesuffix("不要爱情线。")
    body = [line for scene in script.scenes if scene.operator not in ("hook", "aside")
            for line in scene.lines]  # fmt: skip
    opening = [line for scene in script.scenes if scene.operator == "hook" for line in scene.lines]
    if opening and opening[0].start == 0 and opening[0].end:
        body = [*opening, *body]
    assert letters("".join(line.text for line in body)) == letters(story)


@pytest.mark.parametrize("marked", ALL)
def test_the_cast_are_the_people_of_the_text_with_their_sex_and_age(
    marked: Callable[[], Facts],
) -> None:
    facts = marked()
    outline, _ = told(facts)
    assert [person.name for person in outline.people] == [
        person.name or person.called for person in facts.people
    ]


def test_figures_follow_sex_and_age() -> None:
    assert [person.figure for person in told(clockmaker())[0].people] == ["elder", "lady"]
    assert [person.figure for person in told(lighthouse())[0].people] == [
        "elder",
        "girl",
        "scholar",
    ]


def test_the_turn_opens_the_film_and_the_outcome_ends_it() -> None:
    for marked, turn, outcome in (
        (clockmaker, "却劝他不要打开它", "埋在了雪里"),
        (bookshop, "家门口等着她的", "另一个林远"),
        (lighthouse, "the lamp is broken", "Tom's arms"),
    ):
        _, script = told(marked(), seed=0)
        assert script.scenes[0].operator == "hook"
        assert turn in script.scenes[0].lines[0].text
        assert outcome in script.scenes[-1].lines[-1].text
        if marked is not bookshop:
            assert outcome not in script.scenes[0].lines[0].text


def test_speech_is_spoken_by_whom_the_text_says() -> None:
    _, script = told(bookshop(), seed=2)
    spoken = [(line.person, line.text) for scene in script.scenes for line in scene.lines
              if line.person]  # fmt: skip
    assert spoken == [("B", "别回家。")]


def test_puppets_act_the_verbs_and_things_are_in_the_hand() -> None:
    _, script = told(bookshop(), seed=2)
    acts = [act for scene in script.scenes for line in scene.lines for act in line.acts]
    done = {(act.person, act.verb, act.to) for act in acts}
    assert {("A", "enter", None), ("B", "give", "A"), ("A", "exit", None)} <= done
    assert "录音笔" in {act.thing for act in acts}


def test_places_come_in_order_and_one_without_a_set_has_its_name_on_a_board() -> None:
    _outline, script = told(bookshop(), seed=2)
    body = [scene for scene in script.scenes if scene.operator != "aside"]
    assert (body[0].setting.place, body[0].board) == ("curtain", "城南便利店")
    assert (body[-1].setting.place, body[-1].board) == ("gate", "")
    assert {(scene.setting.hour, scene.setting.weather) for scene in body} == {("night", "rain")}


def test_a_wish_for_what_must_not_be_in_it_is_not_told() -> None:
    for seed in range(5):
        assert "爱情" not in heard(told(bookshop(), seed)[1])


@pytest.mark.parametrize("marked", ALL)
def test_the_seed_changes_the_staging_and_never_the_people_or_the_makers_last_words(
    marked: Callable[[], Facts],
) -> None:
    films = [told(marked(), seed) for seed in range(5)]
    assert len({heard(script) for _, script in films}) >= 3
    assert len({tuple(person.name for person in outline.people) for outline, _ in films}) == 1
    last = {
        [scene.lines[-1].text for scene in script.scenes if scene.operator != "aside"][-1]
        for _, script in films
    }
    assert len(last) == 1


def test_lines_between_the_clauses_speak_of_two_facts_and_of_nothing_else() -> None:
    for marked in ALL:
        facts = marked()
        named = [person.name or person.called for person in facts.people]
        named += [thing.text for thing in facts.things]
        for seed in range(4):
            _, script = told(facts, seed)
            for scene in script.scenes:
                if scene.operator == "aside":
                    text = scene.lines[0].text
                    assert sum(name in text for name in named) >= 2, text


def test_a_short_text_makes_a_shorter_film_and_says_so() -> None:
    outline, _ = told(clockmaker(), seconds=120)
    assert 24 <= outline.seconds < 60 and f"{outline.seconds:g} 秒" in outline.remark
    outline, _ = told(bookshop(), seconds=30)
    assert outline.remark == ""


def test_an_edit_in_the_outline_changes_the_script() -> None:
    outline, _ = told(bookshop(), seed=2)
    beats = list(outline.beats)
    beats[1] = replace(beats[1], told="她在货架后面看见了林远。", board="旧货店")
    edited = replace(
        outline,
        title="另一个人",
        people=(replace(outline.people[0], name="周舟", figure="maid"), outline.people[1]),
        beats=tuple(beats),
    )
    script = telling.write_script(edited, reading_time)
    assert script.title == "另一个人" and script.people[0].figure == "maid"
    assert "周舟" in heard(script) and "林晓" not in heard(script)
    assert script.scenes[1].lines[0].text == "她在货架后面看见了林远。"
    assert script.scenes[1].board == "旧货店"


def test_a_long_text_is_told_in_the_sentences_that_the_plot_needs() -> None:
    facts = bookshop()
    padded = replace(facts, text=facts.text + "街上很安静，什么也没有发生。" * 60)
    _, script = told(padded, seconds=45)
    words = heard(script)
    assert "别回家" in words and "另一个林远" in words
    assert words.count("街上很安静") < 8


def test_a_season_is_cut_at_the_turns_and_takes_up_where_it_broke_off() -> None:
    season = telling.plan_season(bookshop(), 2, seconds=30, seed=1, genre="mystery")
    first, second = (episode.outline for episode in season.episodes)
    assert season.episodes[0].leads_to == "e2" and not first.finale and second.finale
    assert (second.recap.startswith("上回说到，") and second.beats[0].told) or second.beats[1].told
    words = heard(telling.write_script(second, reading_time))
    assert second.recap in words and "另一个林远" in words


@pytest.mark.parametrize(
    ("idea", "forbidden"),
    [
        ("没有鬼，没有死人：女钟表匠林晚替老邻居修好一块怀表，却发现父亲写给她的信", "没有鬼"),
        ("退休警察老周在公园下棋，输给了一个小女孩。不要爱情线。", "不要爱情"),
        ("A baker named Tom loses his cat in the rain. No romance, no death.", "romance"),
    ],
)
def test_what_must_not_be_in_the_film_is_not_told_in_it(idea: str, forbidden: str) -> None:
    _, script = told(read_facts(idea))
    assert forbidden in idea and forbidden not in heard(script)
