"""Reading facts: the marked ideas, spans, and texts that nobody meant kindly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.story_facts import DATA, claims, load, measure
from generation.story.facts import MAX_TEXT_CHARACTERS, read_facts
from generation.story.facts.folding import fold
from generation.story.facts.types import Facts
from generation.story.material import Kind, detect_kind
from generation.story.types import UnsuitableIdea


def names(facts: Facts) -> list[str]:
    return [person.name or person.called for person in facts.people]


def test_the_marked_ideas_are_read_as_well_as_is_promised() -> None:
    ideas = load(sorted(DATA.glob("ideas*.toml")))
    score, _ = measure(ideas)
    assert len(ideas) >= 60
    missed = [row for row in claims(score, 0.0) if not row["ok"]]
    assert not missed, score.misses


def test_traditional_characters_read_as_simplified_ones_at_the_same_places() -> None:
    old = read_facts("劍客回到長安復仇，卻發現仇人已經雙目失明")
    new = read_facts("剑客回到长安复仇，却发现仇人已经双目失明")
    assert names(old) == ["劍客", "仇人"]
    assert [fold(event.verb) for event in old.events] == [event.verb for event in new.events]
    assert [(e.agent, e.patient, e.act, e.span) for e in old.events] == [
        (e.agent, e.patient, e.act, e.span) for e in new.events
    ]
    assert [person.spans for person in old.people] == [person.spans for person in new.people]
    assert [place.location for place in old.places] == [place.location for place in new.places]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("丈夫三百年后归来", 300, "年"),
        ("他等了两年零三个月", 2, "年"),
        ("A hundred years later she returns", 100, "years"),
        ("He waits three hundred and five days", 305, "days"),
    ],
)
def test_numbers_are_what_their_words_say(text: str, value: int, unit: str) -> None:
    assert (value, unit) in [(number.value, number.unit) for number in read_facts(text).numbers]


@pytest.mark.parametrize("text", ["2024年他回来了", "二零二四年他回来了", "In 2024 he came back"])
def test_a_calendar_year_is_a_time_and_no_count(text: str) -> None:
    facts = read_facts(text)
    assert [time.era for time in facts.times] == ["modern"]
    assert not facts.numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("O'Brien-Smith and Jean-Luc meet", ["O'Brien-Smith", "Jean-Luc"]),
        ("INT. KITCHEN - DAY. I'm late.", []),
        ("Kitchen", []),
        ("和尚高兴地打开卫星地图", ["和尚"]),
        ("欧阳小满与司徒静在长安街相遇", ["欧阳小满", "司徒静"]),
        ("一个叫Tom的男孩养了一只名叫旺财的狗", ["Tom", "旺财"]),
    ],
)
def test_names_are_people_and_other_words_are_nobody(text: str, found: list[str]) -> None:
    assert names(read_facts(text)) == found


def test_what_is_denied_is_neither_somebody_nor_something() -> None:
    facts = read_facts("书生捡到一把剑。没有鬼，没有死人，也不要爱情线。")
    assert [denied.what for denied in facts.negations] == ["鬼", "死人", "爱情线"]
    assert names(facts) == ["书生"]
    english = read_facts("A bunny finds a star. No ghosts, no blood, and nobody dies.")
    assert [denied.what for denied in english.negations] == ["ghosts", "blood", "dies"]
    assert names(english) == ["bunny"]


def test_speech_in_quotation_marks_belongs_to_who_says_it() -> None:
    facts = read_facts("李砚遇见女鬼。女鬼说：“还我的伞。”")
    said = next(event for event in facts.events if event.quoted)
    assert said.quoted == "还我的伞。"
    assert said.agent == facts.people[1].id


def test_what_does_not_happen_is_no_act() -> None:
    facts = read_facts("雷海青不肯为叛军演奏，却摔碎了琵琶。")
    played, smashed = facts.events
    assert played.denied and played.act is None
    assert smashed.act == "strike" and smashed.turn


@pytest.mark.parametrize("text", ["", " \n", "12 34 !!", "⭐⏰⌛", "……", "\ud800"])
def test_a_text_without_a_letter_is_unsuitable(text: str) -> None:
    with pytest.raises(UnsuitableIdea) as caught:
        read_facts(text)
    assert caught.value.code == "no_words"


def test_a_text_that_is_too_long_is_unsuitable() -> None:
    with pytest.raises(UnsuitableIdea) as caught:
        read_facts("书" * (MAX_TEXT_CHARACTERS + 1))
    assert caught.value.code == "too_long"


PIECES = st.sampled_from(
    [
        "李砚", "她的", "母亲", "的", "“", "”", "，", "。", "被", "把", "不要", "鬼", "叫", "是",
        "2024年", "三百", "𠮷", "A.I.", "Mira", " and ", "'s ", "her ", "no ", "who ", "is ",
        "the king ", ", ", ".", "\n", "😀", "\ud800", "مرحبا", "(", "[^",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=30).map("".join))
def test_whatever_is_typed_every_span_lies_in_the_text_and_every_id_is_somebody(text: str) -> None:
    try:
        facts = read_facts(text)
    except UnsuitableIdea:
        return
    ids = {person.id for person in facts.people} | {None}
    spans = [span for person in facts.people for span in person.spans] + list(facts.unknown)
    for facts_of_a_kind in (
        facts.relations, facts.places, facts.times, facts.things, facts.events, facts.negations,
        facts.numbers, facts.tones,
    ):  # fmt: skip
        spans += [fact.span for fact in facts_of_a_kind]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all({relation.a, relation.b} <= ids for relation in facts.relations)
    assert all({event.agent, event.patient} <= ids for event in facts.events)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("书生在断桥遇见女鬼，她要他还一把伞", "idea"),
        ("A clockmaker finds a letter.", "idea"),
        ("题材：武侠\n时长：60秒\n剑客回到长安", "idea"),
        ("从前有座山，山里有座庙。" * 40, "prose"),
        ("INT. KITCHEN - DAY\n\nMIRA\nI'm late.\n\nTOM\nAgain?", "screenplay"),
        ("第一场 书房 内 夜\n△李砚推门而入。\n李砚：谁？", "screenplay"),
        ("李砚：你来了。\n苏挽（轻声）：我来了。", "screenplay"),
        ("Mira: Wait.\nTom (softly): For what?", "screenplay"),
    ],
)
def test_the_kind_of_material_is_told_by_its_form(text: str, kind: Kind) -> None:
    assert detect_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "people", "relations"),
    [
        (
            "修钟匠老顾收了个小徒弟阿满。阿满修好了师父的旧怀表。",
            ["老顾", "阿满"],
            [("小徒弟", "阿满", "老顾")],
        ),
        ("外卖员小陈雨夜送餐到医院。", ["小陈"], []),
        ("丐帮长老洪大海回到长安。", ["洪大海"], []),
        # Who takes a child in is not the father who comes for it.
        ("老王收留了小红，三年后父亲找来了。", ["老王", "小红", "父亲"], None),
    ],
)
def test_crafts_nicknames_and_teachers_are_nobody_else(
    text: str, people: list[str], relations: list[tuple[str, str, str]] | None
) -> None:
    facts = read_facts(text)
    names = {person.id: person.name or person.called for person in facts.people}
    assert list(names.values()) == people
    if relations is not None:
        found = [(each.word, names[each.a], names[each.b]) for each in facts.relations]
        assert found == relations
    assert "餐到" not in [thing.text for thing in facts.things]
