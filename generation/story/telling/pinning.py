"""Sentences that a maker pins or strikes: found in the text by words of theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generation.story.facts.types import Facts, Span
from generation.story.telling.clauses import sentences_of


@dataclass(frozen=True)
class Marks:
    """What a maker says of the sentences of a text: always told, or never."""

    pinned: tuple[Span, ...] = ()
    struck: tuple[Span, ...] = ()


def marks_in(text: str, pinned: Sequence[str] = (), struck: Sequence[str] = ()) -> Marks:
    """The sentences of ``text`` in which the words of ``pinned`` and ``struck`` stand. Blanks and
    the case of letters do not matter; words that reach over several sentences mark them all.

    Raises ``ValueError`` for words that are not in the text, for a sentence that is both, and when
    nothing is left to tell.
    """
    sentences = sentences_of(text)
    kept = _marked(text, sentences, pinned, "pin")
    gone = _marked(text, sentences, struck, "strike")
    both = [span for span in kept if span in gone]
    if both:
        said = text[both[0].start : both[0].end]
        raise ValueError(f"one sentence is pinned and struck: {said!r}")
    if sentences and len(gone) == len(sentences):
        raise ValueError("every sentence is struck: nothing is left to tell")
    return Marks(kept, gone)


def without_struck(facts: Facts, struck: Sequence[Span]) -> Facts:
    """The facts without those that only struck sentences speak of. The text stays as it is."""
    if not struck:
        return facts

    def gone(span: Span) -> bool:
        return any(cut.start <= span.start < cut.end for cut in struck)

    people = tuple(
        person for person in facts.people if not person.spans or not all(map(gone, person.spans))
    )
    ids = {person.id for person in people}
    return replace(
        facts,
        people=people,
        relations=tuple(it for it in facts.relations if {it.a, it.b} <= ids),
        events=tuple(it for it in facts.events if not gone(it.span)),
        places=tuple(it for it in facts.places if not gone(it.span)),
        things=tuple(it for it in facts.things if not gone(it.span)),
        times=tuple(it for it in facts.times if not gone(it.span)),
    )


def _marked(
    text: str, sentences: Sequence[Span], wanted: Sequence[str], what: str
) -> tuple[Span, ...]:
    places = [at for at, character in enumerate(text) if not character.isspace()]
    plain = "".join(text[at].lower()[:1] for at in places)
    found: dict[Span, None] = {}
    for words in wanted:
        sought = "".join(character.lower()[:1] for character in re.sub(r"\s", "", words))
        at = plain.find(sought) if sought else -1
        if at < 0:
            raise ValueError(f"--{what} {words!r}: these words are not in the text")
        start, end = places[at], places[at + len(sought) - 1] + 1
        hit = [span for span in sentences if span.start < end and start < span.end]
        found.update(dict.fromkeys(hit))
    return tuple(sorted(found, key=lambda span: span.start))
