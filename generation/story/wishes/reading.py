"""The facts of a text as the words that were understood, for the pages that show them."""

from __future__ import annotations

from generation.story.facts.types import Facts
from generation.story.types import IdeaReading, IdeaWord


def reading_of(facts: Facts) -> IdeaReading:
    """The facts as the words that were understood, and the words that were not."""
    words = [IdeaWord(person.called, "person", person.being) for person in facts.people]
    words += [IdeaWord(place.text, "place", place.location or "board") for place in facts.places]
    words += [IdeaWord(thing.text, "prop", thing.prop or "placard") for thing in facts.things]
    words += [
        IdeaWord(time.text, "hour", time.hour or time.weather or time.era or "")
        for time in facts.times
    ]
    words += [IdeaWord(event.verb, "event", event.act or "told") for event in facts.events]
    words += [IdeaWord(fact.what, "negation", "kept out") for fact in facts.negations]
    words += [IdeaWord(tone.text, tone.kind, tone.meaning) for tone in facts.tones]
    return IdeaReading(
        tuple(dict.fromkeys(words)), tuple(facts.said(span) for span in facts.unknown)
    )
