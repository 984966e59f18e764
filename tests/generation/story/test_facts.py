"""Reading facts: the marked ideas, spans, and texts that nobody meant kindly."""

from __future__ import annotations

import pytest

from generation.story.facts import MAX_TEXT_CHARACTERS, read_facts
from generation.story.facts.types import Facts
from generation.story.types import UnsuitableIdea


def called(facts: Facts, person: str | None) -> str:
    return next((p.called for p in facts.people if p.id == person), "")


def test_traditional_characters_read_as_simplified_ones_at_the_same_places() -> None:
    old = read_facts("劍客回到長安復仇，卻發現仇人已經雙目失明")
    new = read_facts("剑客回到长安复仇，却发现仇人已经双目失明")
    assert [(e.verb, e.agent, e.patient, e.span) for e in old.events] == [
        (e.verb, e.agent, e.patient, e.span) for e in new.events
    ]
    assert [person.spans for person in old.people] == [person.spans for person in new.people]
    assert [place.span for place in old.places] == [place.span for place in new.places]


@pytest.mark.parametrize("text", ["", " \n", "12 34 !!", "⭐⏰⌛", "……"])
def test_a_text_without_a_letter_is_unsuitable(text: str) -> None:
    with pytest.raises(UnsuitableIdea) as caught:
        read_facts(text)
    assert caught.value.code == "no_words"


def test_a_text_that_is_too_long_is_unsuitable() -> None:
    with pytest.raises(UnsuitableIdea) as caught:
        read_facts("书" * (MAX_TEXT_CHARACTERS + 1))
    assert caught.value.code == "too_long"
