"""From the facts of a text to an outline whose beats carry the text's own words.

What the text says is never the dice's: the seed chooses how the film opens, what is between and
after the clauses, and whatever place, hour and weather the text leaves open.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from generation.story.facts.types import EventFact, Facts, PersonFact, Span
from generation.story.puppets import Character, cast_characters
from generation.story.telling import ending, filling, naming
from generation.story.telling.beats import Settings, as_beat, beat_of, things_of
from generation.story.telling.clauses import Stretch, sentences_of, stretches_of
from generation.story.telling.opening import hook_of
from generation.story.telling.pinning import Marks, without_struck
from generation.story.telling.selecting import choose_sentences, spoken_seconds
from generation.story.types import (
    Beat,
    Genre,
    Language,
    Operator,
    Outline,
)
from generation.story.wishes import reading_of

ENGINE = {"zh": "离线引擎：照原文讲，不含语言模型",
          "en": "offline engine: told in the maker's words, no language model"}  # fmt: skip
MIN_SECONDS = 24.0
_SAYS = re.compile(
    r"[说道问喊叫答骂笑嚷]|告诉|\b(?:say|said|ask|shout|whisper|answer|repl|tell|told|cr(?:y|ied))",
    re.IGNORECASE,
)
_CARDS_SECONDS = 6.0  # of title and end card
_WHOLE_STORY_SENTENCES = 4  # as many told ones are a story with its end, not a premise
_SLACK = 1.35  # by how much pauses and looks may stretch what is spoken
_PRONOUNS = frozenset(
    [
        "我",
        "你",
        "他",
        "她",
        "它",
        "咱",
        "我们",
        "你们",
        "他们",
        "她们",
        "i",
        "me",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
    ]
)
_REMARK = {
    "zh": "原文能讲的约 {seconds} 秒，比要求的 {asked} 秒短：没有添写没有的事。",
    "en": "There is about {seconds} s to tell, less than the {asked} s asked for: nothing was "
    "made up to fill it.",
}


def tells(facts: Facts) -> bool:
    """Whether there is something to tell: somebody whom the text names does something."""
    people = {person.id for person in _prepared(facts).people}
    return any(event.verb and {event.agent, event.patient} & people for event in facts.events)


def make_outline(
    facts: Facts,
    *,
    seconds: float,
    seed: int,
    genre: Genre,
    within: Span | None = None,
    people: Sequence[PersonFact] | None = None,
    recap: str = "",
    episode: int = 1,
    finale: bool | None = None,
    title: str = "",
    marks: Marks = Marks(),  # noqa: B008 - frozen
) -> Outline:
    """Plan a told film of at most about ``seconds`` from the facts of a text.

    ``within`` keeps to a part of the text (an episode of a season); ``people`` is the season's
    cast. ``marks`` says which sentences are always told and which never. ``finale`` None: the film
    ends where the text does. Raises ``ValueError`` when the text has no sentence.
    """
    facts = _prepared(without_struck(facts, marks.struck))
    rng = random.Random(f"tell {seed} {episode}")
    sentences = sentences_of(facts.text)
    if not sentences:
        raise ValueError("there is no sentence to tell")
    budget = seconds - _CARDS_SECONDS - spoken_seconds(len(recap), facts.language)
    chosen = choose_sentences(facts, sentences, budget, within, marks)
    stretches = stretches_of(facts, chosen)
    cast_facts = tuple(people if people is not None else facts.people)
    settings = Settings(facts, genre, rng)
    beats = [beat_of(facts, stretch, settings) for stretch in stretches]
    ends = finale if finale is not None else _comes_to_rest(facts, stretches)
    beats = _with_arc(facts, beats, ends)
    hook = hook_of(facts, stretches, chosen, settings, seed)
    if recap:
        beats.insert(0, Beat("setup", beats[0].setting, 0.2, recap, told=recap))
    if within is None:
        room = _room_left(beats, seconds, recap, facts.language)
        beats = filling.fill(facts, beats, room, rng, said=hook.told if hook else "")
        spare = seconds - _CARDS_SECONDS - _told_seconds(beats, facts.language)
        beats = ending.close(facts, beats, spare, seed, ends=ends)
    beats = _opened(beats, hook)
    length = _length_of(beats, seconds, facts.language)
    return Outline(
        title=title or naming.title(facts, rng),
        language=facts.language,
        genre=genre,
        seed=seed,
        seconds=float(length),
        engine=ENGINE[facts.language],
        logline=naming.logline(facts, within, marks.struck),
        people=cast_characters([_character(person, facts.language) for person in cast_facts]),
        beats=tuple(beats),
        question=naming.question(facts, stretches) if not ends else "",
        reading=reading_of(facts),
        recap=recap,
        episode=episode,
        finale=ends,
        material="told",
        things=things_of(facts),
        remark=_remark_on(length, seconds, facts.language),
    )


def _room_left(beats: Sequence[Beat], seconds: float, recap: str, language: Language) -> float:
    """Seconds of a film of at most a minute that the beats leave to be filled."""
    told = spoken_seconds(sum(len(beat.told) for beat in beats) + len(recap), language, len(beats))
    return max(0.0, min(seconds, 60.0) - _CARDS_SECONDS - told * _SLACK)


def _opened(beats: list[Beat], hook: Beat | None) -> list[Beat]:
    """The beats with the hook before them, or the first as the hook."""
    if hook is not None:
        return [hook, *beats]
    return [as_beat(beats[0], "hook", 0.7), *beats[1:]]


def _length_of(beats: Sequence[Beat], seconds: float, language: Language) -> float:
    """Seconds that the beats take, at most as many as were asked for."""
    told = _told_seconds(beats, language)
    return max(MIN_SECONDS, min(seconds, round(_CARDS_SECONDS + _SLACK * told)))


def _told_seconds(beats: Sequence[Beat], language: Language) -> float:
    return spoken_seconds(sum(len(beat.told) for beat in beats), language, len(beats))


def _remark_on(length: float, asked: float, language: Language) -> str:
    """What the maker is told about a film that is shorter than asked for; else nothing."""
    if length >= asked - 3:
        return ""
    return _REMARK[language].format(seconds=f"{length:g}", asked=f"{asked:g}")


def _with_speech(facts: Facts, event: EventFact) -> EventFact:
    """The event with what stands in quotation marks in its clause, where its verb is one of
    saying.
    """
    if event.quoted or not event.agent or not _SAYS.search(event.verb):
        return event
    match = re.search(r"“([^”]+)”|「([^」]+)」|\"([^\"]+)\"", facts.said(event.span))
    if match is None:
        return event
    return replace(event, quoted=next(group for group in match.groups() if group))


def _prepared(facts: Facts) -> Facts:
    """The facts without people who are nothing but a word like "I" in somebody's speech, and with
    the speech of each event that says something.
    """
    facts = replace(facts, events=tuple(_with_speech(facts, event) for event in facts.events))
    people = tuple(
        person for person in facts.people if person.name or person.called.lower() not in _PRONOUNS
    )
    return facts if len(people) == len(facts.people) else replace(facts, people=people)


def _comes_to_rest(facts: Facts, stretches: Sequence[Stretch]) -> bool:
    """Whether the last that is told is what came of it all."""
    if any(event.outcome and event.span.end > stretches[-1].start for event in facts.events):
        return True
    return stretches[-1].sentence >= _WHOLE_STORY_SENTENCES - 1


def _with_arc(facts: Facts, beats: Sequence[Beat], ends: bool) -> list[Beat]:
    """Operators and tension: the turn stands out, the end rests or breaks off, tension grows
    between.
    """
    turns = [event.span for event in facts.events if event.turn]
    found: list[Beat] = []
    turned = False
    for number, beat in enumerate(beats):
        tension = 0.25 + 0.5 * number / max(1, len(beats) - 1)
        operator: Operator = "telling"
        if number == 0:
            operator = "setup"
        if number == len(beats) - 1 and len(beats) > 1:
            operator = "resolution" if ends else "cliffhanger"
            tension = 0.5 if ends else 0.95
        elif not turned and any(beat.start < span.end and span.start < beat.end for span in turns):
            operator, tension, turned = "reversal", 0.9, True
        found.append(as_beat(beat, operator, tension))
    return found


def _character(person: PersonFact, language: Language) -> Character:
    return Character(
        person.id,
        person.name or person.called,
        person.sex,
        person.age,
        person.being,
        person.role,
        called=person.name or person.called,
    )
