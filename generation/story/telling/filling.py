"""Lines between the clauses, where a text is shorter than the film that was asked for.

Each is built of at least two facts and says nothing that the text does not: who is whose what, when
and where it plays, who and what stands against each other. A storyteller's aside, not an invention.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generation.story.facts.types import Facts, PersonFact
from generation.story.telling.selecting import spoken_seconds
from generation.story.types import Act, Beat
from generation.storyboard import Setting

_MAX_LINES = 4
_RELATION = {"zh": ("{a}是{b}的{word}。", "{b}的{word}，便是{a}。"),
             "en": ("{a} is {b}'s {word}.", "And {b}'s {word}? That is {a}.")}  # fmt: skip
_PAIR = {
    "zh": ("一边是{a}，一边是{b}。", "列位记住：{a}，还有{b}。", "且看{a}，再看{b}。",
           "{a}在这头，{b}在那头。"),
    "en": ("On one side, {a}. On the other, {b}.", "Remember {a}. Remember {b}.",
           "Look at {a}, then look at {b}.", "Here is {a}; there is {b}."),
}  # fmt: skip
_CLOSING = {
    "zh": ("{a}、{b}，还有{c}，都在这一回里。", "说来说去，是{a}、{b}和{c}。"),
    "en": ("{a}, {b} and {c}: that is the whole of it.", "It comes down to {a}, {b} and {c}."),
}  # fmt: skip


@dataclass(frozen=True)
class _Line:
    """A line and the beat after which it may stand: the first that has told of its facts."""

    text: str
    after: int
    people: tuple[str, ...]
    thing: str = ""


def fill(
    facts: Facts, beats: Sequence[Beat], seconds: float, rng: random.Random, *, said: str = ""
) -> list[Beat]:
    """The beats with lines between them until about ``seconds`` more are told: at most four, never
    more than one to two of the maker's own, no two in a row, and none that is in ``said``.
    """
    found = list(beats)
    taken: dict[int, _Line] = {}
    places = _places(beats)
    most = min(_MAX_LINES, max(1, (len(beats) + 1) // 2), len(places))
    told = said + "".join(beat.told for beat in beats)
    for line in _options(facts, beats, rng):
        cost = spoken_seconds(len(line.text), facts.language)
        if seconds < cost * 0.6 or len(taken) == most:
            break
        free = [place for place in places if place not in taken]
        at = next((place for place in free if place >= line.after), None)
        if at is None or line.text.rstrip("。.") in told:
            continue
        taken[at] = line
        seconds -= cost
    for at, line in sorted(taken.items(), reverse=True):
        near = beats[at]
        acts = tuple(
            Act(person, "stand", None, line.thing if number == 0 else "")
            for number, person in enumerate(line.people)
        )
        found.insert(
            at + 1,
            Beat("aside", near.setting, near.tension, line.text, told=line.text, acts=acts,
                 board=near.board),
        )  # fmt: skip
    return found


def _places(beats: Sequence[Beat]) -> list[int]:
    """The beats after which a line may stand: at the end of a sentence or before the turn, never
    before somebody's speech and never after the last.
    """
    last = max(0, len(beats) - 1)
    found = [
        number
        for number in range(last)
        if beats[number].told.rstrip('”’"」』')[-1:] in "。！？.!?…"
        or beats[number + 1].operator == "reversal"
    ]
    return [at for at in found if beats[at].told.rstrip()[-1:] not in "：:"] or [max(0, last - 1)]


def opening(facts: Facts, setting: tuple[Setting, str], seed: int) -> Beat | None:
    """A storyteller's opening that sets two of the facts before the audience; None without two."""
    lines = [line for line in _options(facts, (), random.Random(f"open {seed}")) if line.thing or
             len(line.people) > 1]  # fmt: skip
    if not lines:
        return None
    line = lines[0]
    acts = tuple(
        Act(person, "stand", None, line.thing if number == 0 else "")
        for number, person in enumerate(line.people)
    )
    return Beat("hook", setting[0], 0.7, line.text, told=line.text, acts=acts, board=setting[1])


def _options(facts: Facts, beats: Sequence[Beat], rng: random.Random) -> Iterator[_Line]:
    """Lines in the order of their worth; the seed chooses the wording."""
    language = facts.language
    people = {person.id: person for person in facts.people}
    for relation in facts.relations:
        a, b = people.get(relation.a), people.get(relation.b)
        if a and b and a.name and b.name:
            text = rng.choice(_RELATION[language]).format(
                a=called(a, language), b=called(b, language), word=relation.word
            )
            yield _Line(_capital(text), _first(beats, a, b), (a.id, b.id))
    pairs: list[_Line] = []
    wordings = list(_PAIR[language])
    rng.shuffle(wordings)
    singles = [person for person in facts.people if not person.group]
    things = [(thing.text, f"the {thing.text}" if language == "en" else thing.text)
              for thing in facts.things]  # fmt: skip
    for number, person in enumerate(singles[:2]):
        for thing, spoken in things[number : number + 1]:
            text = wordings[len(pairs) % len(wordings)].format(a=called(person, language), b=spoken)
            pairs.append(
                _Line(_capital(text), _first(beats, person, thing=thing), (person.id,), thing)
            )
    for left, right in itertools.pairwise(singles):
        text = wordings[len(pairs) % len(wordings)].format(
            a=called(left, language), b=called(right, language)
        )
        pairs.append(_Line(_capital(text), _first(beats, left, right), (left.id, right.id)))
    rng.shuffle(pairs)
    yield from pairs[:2]
    spoken_all = [called(person, language) for person in singles[:2]] + [
        spoken for _, spoken in things[:2]
    ]
    if len(spoken_all) >= 3:
        a, b, c = spoken_all[:3]  # type: ignore[assignment]
        text = rng.choice(_CLOSING[language]).format(a=a, b=b, c=c)
        yield _Line(
            _capital(text), max(0, len(beats) - 2), tuple(person.id for person in singles[:2])
        )


def called(person: PersonFact, language: str) -> str:
    """How a line of the storyteller's speaks of somebody: the name, else the role."""
    if person.name:
        return person.name
    return f"the {person.called}" if language == "en" else person.called


def _first(beats: Sequence[Beat], *people: PersonFact, thing: str = "") -> int:
    """The first beat by which all of them were told of."""
    wanted: list[set[str]] = [
        {word for word in (person.called, person.name) if word} for person in people
    ]
    if thing:
        wanted.append({thing})
    told = ""
    for number, beat in enumerate(beats):
        told += beat.told
        if all(any(word in told for word in words) for words in wanted):
            return number
    return max(0, len(beats) - 2)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
