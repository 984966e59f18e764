"""What the maker corrects is what is filmed, and drafts to choose from differ from one another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generation import pipeline
from generation.pipeline import Settings
from generation.store import Store
from generation.story import drafting
from generation.story.facts import read_facts
from generation.story.facts.corrections import (
    Correction,
    apply_corrections,
    find_faults,
    is_asked,
)
from generation.story.facts.types import Facts, PersonFact, Span
from tests.generation.story.marked import bookshop

IDEA = "雨夜破庙，书生宁远遇见提灯的女鬼小倩，小倩却救了他。"


def at(facts: Facts, name: str) -> tuple[int, int]:
    """Where the text first names somebody."""
    span = next(person for person in facts.people if person.name == name).spans[0]
    return span.start, span.end


def test_sex_age_and_being_that_the_maker_says_are_those_of_the_puppet() -> None:
    facts = read_facts(IDEA)
    start, end = at(facts, "宁远")
    say = Correction("change", "person", start, end, sex="f", age="old")
    assert list(find_faults(facts, [say])) == []
    person = apply_corrections(facts, [say]).people[0]
    assert (person.sex, person.sex_sure, person.age, person.being) == ("f", True, "old", "human")
    before = drafting.make_outline(IDEA, seconds=30, seed=1)
    after = drafting.make_outline(IDEA, seconds=30, seed=1, corrections=[say])
    assert before.people[0].name == after.people[0].name == "宁远"
    assert before.people[0].figure != after.people[0].figure


def test_who_is_no_person_leaves_cast_relations_and_deeds() -> None:
    facts = bookshop()
    first = facts.people[0]
    gone = Correction("remove", "person", first.spans[0].start, first.spans[0].end)
    left = apply_corrections(facts, [gone])
    assert [person.name for person in left.people] == [p.name for p in facts.people[1:]]
    assert left.people[0].id == "A", "whoever is left is numbered anew"
    ids = {person.id for person in left.people}
    assert all({fact.a, fact.b} <= ids for fact in left.relations)
    assert all({e.agent, e.patient} <= ids | {None} for e in left.events)
    assert [e.agent for e in facts.events] != [e.agent for e in left.events]


def test_a_missed_person_is_added_from_a_word_with_every_place_where_it_stands() -> None:
    text = "Zorblat finds a map. The king wants it, but Zorblat burns the map."
    facts = Facts(text, "en", people=(PersonFact("A", "king", role="king", spans=(Span(25, 29),)),))
    facts = replace(facts, unknown=(Span(0, 7),))
    added = apply_corrections(facts, [Correction("add", "person", 0, 7, sex="m")])
    assert [(person.id, person.called) for person in added.people] == [
        ("A", "Zorblat"),
        ("B", "king"),
    ]
    assert added.people[0].spans == (Span(0, 7), Span(44, 51)) and added.unknown == ()
    assert added.people[0].sex_sure and is_asked(replace(added.people[0], sex_sure=False))


@pytest.mark.parametrize("kind", ["relation", "place", "thing", "event"])
def test_a_wrong_fact_is_taken_out_and_nothing_else(kind: str) -> None:
    facts = bookshop()
    plural = f"{kind}s"
    wrong = getattr(facts, plural)
    assert wrong, f"no {kind} is marked there"
    span = wrong[0].span
    left = apply_corrections(facts, [Correction("remove", kind, span.start, span.end)])  # type: ignore[arg-type]
    kept = tuple(fact for fact in wrong if fact.span != span)
    assert replace(left, **{plural: wrong}) == replace(facts, **{plural: wrong})
    assert getattr(left, plural) == kept


@pytest.mark.parametrize(
    ("correction", "field", "code"),
    [
        (Correction("change", "person", 0, 1, sex="f"), "start", "not_there"),
        (Correction("remove", "thing", 0, 2), "start", "not_there"),
        (Correction("remove", "place", 5, 9_000), "end", "out_of_text"),
        (Correction("change", "place", 0, 2), "kind", "only_people"),
        (Correction("add", "person", 25, 26), "end", "no_words"),
        (Correction("add", "person", 7, 9), "start", "there_already"),
    ],
)
def test_a_correction_of_what_is_not_there_is_named_and_does_nothing(
    correction: Correction, field: str, code: str
) -> None:
    facts = read_facts(IDEA)
    (fault,) = find_faults(facts, [correction])
    assert (fault.index, fault.field, fault.code) == (0, field, code)
    assert apply_corrections(facts, [correction]) == facts


def test_corrections_apply_one_after_the_other() -> None:
    facts = read_facts(IDEA)
    start, end = at(facts, "宁远")
    twice = [Correction("remove", "person", start, end), Correction("add", "person", start, end)]
    assert list(find_faults(facts, twice)) == []
    assert "书生宁远" in {person.name for person in apply_corrections(facts, twice).people}
    again = list(find_faults(facts, [twice[0], twice[0]]))
    assert [(fault.index, fault.code) for fault in again] == [(1, "not_there")]


@pytest.mark.parametrize(
    "idea",
    [
        IDEA,
        "A baker named Tom loses his cat in the rain, but a girl called Mira brings it home.",
        "退休警察老周在公园下棋，输给了一个小女孩。他却发现，小女孩是老搭档的孙女。",
    ],
)
def test_five_drafts_differ_and_keep_the_people_and_the_makers_words(
    idea: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    drafts = pipeline.make_drafts(idea, Settings(seed=4, seconds=40), store)
    assert len(drafts) == 5
    assert len({draft.first_line for draft in drafts}) >= 3
    assert len({draft.ending for draft in drafts}) >= 3
    assert len({(draft.first_line, draft.ending) for draft in drafts}) == 5
    assert len({tuple(p.name for p in draft.outline.people) for draft in drafts}) == 1
    assert {draft.turn for draft in drafts} != {""}
    told = {
        "".join(beat.told for beat in draft.outline.beats if beat.operator not in ("hook", "aside"))
        for draft in drafts
    }
    assert len({"".join(filter(str.isalnum, text))[-8:] for text in told}) == 1
    more = pipeline.make_drafts(
        idea, Settings(seed=drafts[-1].seed + 1, seconds=40), store, known=drafts
    )
    shown = [(draft.first_line, draft.ending) for draft in (*drafts, *more)]
    assert len(shown) == len(set(shown)), "five more are other ones"


def test_a_text_that_leaves_nothing_open_has_as_many_drafts_as_differ(tmp_path) -> None:  # type: ignore[no-untyped-def]
    screenplay = "内景 书房 夜\n\n宁远：谁？\n\n小倩：是我。\n"
    drafts = pipeline.make_drafts(screenplay, Settings(kind="screenplay"), Store(tmp_path))
    assert len(drafts) == 1 and drafts[0].first_line
    few = pipeline.make_drafts("剑客复仇", Settings(seconds=30), Store(tmp_path))
    assert len({(d.first_line, d.ending) for d in few}) == len(few)


def test_a_maker_may_have_told_words_invented_from() -> None:
    told = drafting.make_outline("剑客复仇", seconds=30, seed=1, kind="idea")
    invented = drafting.make_outline("剑客复仇", seconds=30, seed=1, kind="words")
    assert (told.material, invented.material) == ("told", "invented")
    assert drafting.recognise_kind("月亮，灯笼，老人") == "words"
    assert drafting.recognise_kind(IDEA) == "idea"
    assert drafting.recognise_kind(IDEA, "en") == "words", "another language is not told"
