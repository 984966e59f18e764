"""Which sentences are told when there is no time for all: those that the plot cannot do without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generation.story.facts.types import Facts, Span

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
    asked = sum(_overlap(sentence, span) for span in asks)
    events = any(_overlap(sentence, event.span) for event in facts.events)
    told = any(_overlap(sentence, span) for person in facts.people for span in person.spans)
    return bool(asked) and not events and not told


def choose_sentences(
    facts: Facts, sentences: Sequence[Span], seconds: float, within: Span | None = None
) -> tuple[Span, ...]:
    """The sentences to tell in about ``seconds``, in the text's order.

    First and last, turn and outcome come first, then what brings in somebody, some place or thing
    that was not there yet, then what happens, then the rest.
    """
    candidates = [
        sentence
        for sentence in sentences
        if not untold(facts, sentence)
        and (within is None or within.start <= sentence.start < within.end)
    ] or [sentence for sentence in sentences if within is None or _overlap(sentence, within)]
    left = seconds
    chosen: set[int] = set()
    known: set[str] = set()
    order = sorted(range(len(candidates)), key=lambda index: -_weight(facts, candidates, index))
    pending = list(order)
    while pending:
        best = max(
            pending,
            key=lambda index: (
                _weight(facts, candidates, index)
                + 1.5 * len(set(_named(facts, candidates[index])) - known)
                - (candidates[index].end - candidates[index].start) / 400
            ),
        )
        pending.remove(best)
        span = candidates[best]
        cost = spoken_seconds(
            span.end - span.start, facts.language, 1 + (span.end - span.start) // 24
        )
        if cost <= left or not chosen:
            chosen.add(best)
            known |= set(_named(facts, span))
            left -= cost
    return tuple(candidates[index] for index in sorted(chosen))


def _weight(facts: Facts, candidates: Sequence[Span], index: int) -> float:
    span = candidates[index]
    events = [event for event in facts.events if _overlap(span, event.span)]
    weight = 0.4 * len(events)
    weight += 6.0 * (index == 0) + 5.0 * (index == len(candidates) - 1)
    weight += 4.0 * any(event.turn for event in events)
    weight += 4.0 * any(event.outcome for event in events)
    weight += 1.2 * any(event.quoted for event in events)
    return weight


def _named(facts: Facts, sentence: Span) -> Iterator[str]:
    for person in facts.people:
        if any(_overlap(sentence, span) for span in person.spans):
            yield f"person {person.id}"
    for place in facts.places:
        if _overlap(sentence, place.span):
            yield f"place {place.text}"
    for thing in facts.things:
        if _overlap(sentence, thing.span):
            yield f"thing {thing.text}"


def _overlap(left: Span, right: Span) -> int:
    return max(0, min(left.end, right.end) - max(left.start, right.start))
