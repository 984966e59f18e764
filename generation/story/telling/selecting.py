"""Which sentences are told when there is no time for all: those that the plot cannot do without."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generation.story.facts.types import Facts, Span
from generation.story.telling.pinning import Marks

# Seconds that the storyteller takes, a little more than espeak-ng's own pace, and what stands
# around each line; measured on its voices.
_SECONDS_PER_CHARACTER = {"zh": 0.24, "en": 0.066}
_SECONDS_AROUND = 0.75


def spoken_seconds(characters: int, language: str, lines: int = 1) -> float:
    """About how long ``lines`` lines of ``characters`` in all take, with what is around them."""
    return characters * _SECONDS_PER_CHARACTER[language] + _SECONDS_AROUND * lines


def untold(facts: Facts, sentence: Span) -> bool:
    """Whether a sentence speaks of the film and not of the story: it holds a negation or a wish for
    a genre or a mood, and nothing that happens.
    """
    asks = [fact.span for fact in facts.negations] + [fact.span for fact in facts.tones]
    if not any(_overlap(sentence, span) for span in asks):
        return False
    events = any(_overlap(sentence, event.span) for event in facts.events)
    return not events and not any(
        _overlap(sentence, span) for person in facts.people for span in person.spans
    )


def choose_sentences(
    facts: Facts,
    sentences: Sequence[Span],
    seconds: float,
    within: Span | None = None,
    marks: Marks = Marks(),  # noqa: B008 - frozen
) -> tuple[Span, ...]:
    """The sentences to tell in about ``seconds``, in the text's order.

    First and last, turn and outcome come first, then what brings in somebody, some place or thing
    that was not there yet, then what happens, then the rest. Pinned ones are told whatever they
    take, struck ones never.
    """
    inside = [
        sentence
        for sentence in sentences
        if (within is None or within.start <= sentence.start < within.end)
        and sentence not in marks.struck
    ]
    candidates = [
        sentence for sentence in inside if sentence in marks.pinned or not untold(facts, sentence)
    ] or inside
    weighed = _weigh(facts, candidates)
    left = seconds
    chosen: set[int] = set()
    known: set[str] = set()
    pending = set(range(len(candidates)))
    for index in [at for at, sentence in enumerate(candidates) if sentence in marks.pinned]:
        chosen.add(index)
        pending.remove(index)
        known |= weighed[index].names
        left -= weighed[index].seconds
    while pending:
        best = max(
            sorted(pending),
            key=lambda index: weighed[index].weight + 1.5 * len(weighed[index].names - known),
        )
        pending.remove(best)
        if weighed[best].seconds <= left or not chosen:
            chosen.add(best)
            known |= weighed[best].names
            left -= weighed[best].seconds
            pending = {index for index in pending if weighed[index].seconds <= left}
    return tuple(candidates[index] for index in sorted(chosen))


@dataclass
class _Weighed:
    """What a sentence is worth to the plot, whom and what it names, and how long it takes."""

    weight: float
    seconds: float
    names: set[str] = field(default_factory=set)


def _weigh(facts: Facts, candidates: Sequence[Span]) -> list[_Weighed]:
    """The worth of each sentence; a fact counts for the sentence in which it begins."""
    found = []
    for index, span in enumerate(candidates):
        length = span.end - span.start
        ends = 6.0 * (index == 0) + 5.0 * (index == len(candidates) - 1)
        cost = spoken_seconds(length, facts.language, 1 + length // 24)
        found.append(_Weighed(ends - length / 400, cost))
    starts = [span.start for span in candidates]

    def sentence_of(span: Span) -> _Weighed | None:
        at = bisect_right(starts, span.start) - 1
        return found[at] if at >= 0 and span.start < candidates[at].end else None

    for event in facts.events:
        if (told := sentence_of(event.span)) is not None:
            told.weight += 0.4 + 4.0 * event.turn + 4.0 * event.outcome + 1.2 * bool(event.quoted)
    for name, span in _named(facts):
        if (told := sentence_of(span)) is not None:
            told.names.add(name)
    return found


def _named(facts: Facts) -> Iterator[tuple[str, Span]]:
    for person in facts.people:
        for span in person.spans:
            yield f"person {person.id}", span
    for place in facts.places:
        yield f"place {place.text}", place.span
    for thing in facts.things:
        yield f"thing {thing.text}", thing.span


def _overlap(left: Span, right: Span) -> int:
    return max(0, min(left.end, right.end) - max(left.start, right.start))
