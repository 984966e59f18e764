"""From an outline to a script: exchanges chosen for each beat, then fitted to the asked length.

The fit knows how long each line takes to speak (from the voice itself). What may go goes first
("?" lines, then whole beats that the plot can spare), then pauses stretch, then the places breathe.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from generation import timing
from generation.story import casting, phrases
from generation.story.phrases import Exchange, Phrase
from generation.story.secrets import secrets_of
from generation.story.types import Beat, Operator, Outline, Premise, Scene, Script, ScriptLine
from generation.storyboard import Emotion

VERSION = 2

# Chosen by hand: an ordinary pause at its shortest and longest, the longest silent shot (seconds).
_TIGHT, _LOOSE = 0.18, 0.85
_MAX_BREATH_SECONDS = 3.6
_NEAR = 1.03  # an attempt no longer than this share of the asked length is taken
_ESSENTIAL = frozenset({"hook", "discovery", "reversal", "cliffhanger", "resolution"})
# Which beats the plot can spare, soonest first.
_SPARE: tuple[Operator, ...] = (
    "aside", "oath", "haunting", "gift", "temptation", "bond", "sacrifice", "threat", "warning",
    "confrontation",
    "promise", "betrayal", "parting", "reunion", "secret", "meeting", "setup",
)  # fmt: skip
_FROM_SECRET = {
    "hook": "hook",
    "secret": "hint",
    "discovery": "expose",
    "reversal": "turn",
    "cliffhanger": "cliff",
}
_WEIGHT: dict[Emotion, float] = {
    "calm": 1.0, "joy": 0.8, "sorrow": 1.3, "anger": 0.7, "fear": 1.2, "surprise": 0.8,
    "love": 1.25, "resolve": 1.0,
}  # fmt: skip
_RESOLUTIONS: tuple[Operator, ...] = ("reunion", "oath", "sacrifice")


@dataclass
class _Draft:
    """A scene being fitted: its beat, and its lines with their marks."""

    beat: Beat  # of it: operator, setting, tension and board
    lines: list[tuple[ScriptLine, bool]]


def write_script(outline: Outline, measure: timing.Measure) -> Script:
    """The script of an outline, within about a second of the asked length.

    ``measure`` gives the spoken seconds of a piece of a line. Raises ``ValueError`` when the
    outline holds what the offline writer cannot write: no premise, an unknown secret, or no beats.
    """
    if outline.premise is None:
        raise ValueError(
            "a language model planned this outline: the offline writer has no premise to write from"
        )
    if not outline.beats:
        raise ValueError("the outline has no beats")
    for brief, without in ((False, ""), (True, ""), (True, "discovery")):
        script = _write(outline, outline.premise, measure, brief=brief, without=without)
        if timing.episode_seconds(script, measure) <= outline.seconds * _NEAR:
            break
    return script


def _write(
    outline: Outline, premise: Premise, measure: timing.Measure, *, brief: bool, without: str
) -> Script:
    """One attempt: ``brief`` takes the shortest exchanges, ``without`` leaves a beat out."""
    rng = random.Random(f"write {outline.seed} {outline.episode} {premise.first} {premise.twist}")
    drafts = _draft(outline, premise, rng, brief, without)
    script = Script(
        title=outline.title,
        language=outline.language,
        seed=outline.seed,
        seconds=outline.seconds,
        engine=outline.engine,
        people=outline.people,
        scenes=(),
        question=outline.question,
        choices=outline.choices,
        prop=premise.prop,
        prop_name=premise.prop_name,
        finale=outline.finale,
    )
    return _fit(script, drafts, measure, rng)


def fit_pauses(script: Script, measure: timing.Measure) -> Script:
    """The script with all its lines, and with pauses and silent shots that bring it near its asked
    length.

    ``measure`` gives the spoken seconds of an utterance. A script whose lines alone take longer
    stays longer.
    """
    drafts = [
        _Draft(
            Beat(scene.operator, scene.setting, scene.tension, board=scene.board),
            [(line, False) for line in scene.lines],
        )
        for scene in script.scenes
    ]
    return _stretch(replace(script, scenes=()), drafts, measure)


def _draft(
    outline: Outline, premise: Premise, rng: random.Random, brief: bool, without: str
) -> list[_Draft]:
    first, twist = secrets_of(premise)
    books = phrases.secret_books(outline.language)
    ids = {person.id for person in outline.people}
    drafts = []
    used: set[Exchange] = set()
    reversed_yet = False
    for beat in outline.beats:
        if beat.operator == without:
            continue
        book = books[twist.id if beat.operator in ("reversal", "cliffhanger") else first.id]
        reversed_yet = reversed_yet or beat.operator == "reversal"
        if beat.operator == "setup" and outline.recap:
            options: list[Exchange] = [
                tuple(
                    Phrase("N", "calm", part)
                    for part in timing.split_line(outline.recap, outline.language)
                )
            ]
        elif beat.operator in _FROM_SECRET:
            options = list(book.exchanges[_FROM_SECRET[beat.operator]])
        else:
            options = _beat_options(outline, beat.operator, rng)
        if twist.hidden and not reversed_yet:
            options = [option for option in options if not _shows_third(option)] or options[:1]
        options = [option for option in options if option not in used and _castable(option, ids)]
        if not options:
            continue
        if brief:
            options = [min(options, key=lambda option: sum(len(phrase.text) for phrase in option))]
        exchange = (
            _hook(options, beat, outline, rng) if beat.operator == "hook" else rng.choice(options)
        )
        used.add(exchange)
        slots = casting.slots(outline.language, outline.people, premise, beat.setting)
        drafts.append(
            _Draft(
                beat,
                [(_line(phrase, slots, outline.language), phrase.droppable) for phrase in exchange],
            )
        )
    return drafts


def _hook(options: list[Exchange], beat: Beat, outline: Outline, rng: random.Random) -> Exchange:
    """The hook that the outline's summary shows, so that the page and the film agree; else any."""
    assert outline.premise is not None
    slots = casting.slots(outline.language, outline.people, outline.premise, beat.setting)
    for option in options:
        if phrases.fill(option[0].text, slots) in beat.summary:
            return option
    return rng.choice(options)


def _beat_options(outline: Outline, operator: Operator, rng: random.Random) -> list[Exchange]:
    """Exchanges for an operator; those written for the genre stand twice, so that they come up
    more.
    """
    wanted = (rng.choice(_RESOLUTIONS),) if operator == "resolution" else (operator,)
    options: list[Exchange] = []
    for book in phrases.beat_books(outline.language):
        if book.operator in wanted and (not book.genres or outline.genre in book.genres):
            options += list(book.exchanges) * (2 if book.genres else 1)
    if outline.genre == "comedy":  # a straight scene falls flat between funny ones
        funny = [
            exchange
            for book in phrases.beat_books(outline.language)
            if book.operator in wanted and "comedy" in book.genres
            for exchange in book.exchanges
        ]
        return funny or options
    return options


def _shows_third(exchange: Exchange) -> bool:
    return any(phrase.part == "C" or "{C" in phrase.text for phrase in exchange)


def _castable(exchange: Exchange, ids: Iterable[str]) -> bool:
    """Whether everyone who speaks or is spoken of is still in the cast (a person may have edited
    it).
    """
    here = {*ids, "N"}
    return all(
        phrase.part in here and all(part in here for part in "ABC" if f"{{{part}" in phrase.text)
        for phrase in exchange
    )


def _line(phrase: Phrase, slots: dict[str, str], language: str) -> ScriptLine:
    text = phrases.fill(phrase.text, slots)
    if language == "en":
        text = text[:1].upper() + text[1:]
    return ScriptLine(
        None if phrase.part == "N" else phrase.part, text, phrase.emotion, phrase.verb
    )


def _fit(
    script: Script, drafts: list[_Draft], measure: timing.Measure, rng: random.Random
) -> Script:
    target = script.seconds
    for spare in _spares(drafts, rng):
        if timing.episode_seconds(_assemble(script, drafts, _TIGHT, 0.0), measure) <= target:
            break
        spare()
        drafts[:] = [draft for draft in drafts if draft.lines]
    return _stretch(script, drafts, measure)


def _stretch(script: Script, drafts: list[_Draft], measure: timing.Measure) -> Script:
    """Pauses first, then looks at the places, until the asked length is met."""
    target = script.seconds
    loose = _assemble(script, drafts, _LOOSE, 0.0)
    if timing.episode_seconds(loose, measure) >= target:
        pause = _solve(
            lambda value: timing.episode_seconds(_assemble(script, drafts, value, 0.0), measure),
            _TIGHT,
            _LOOSE,
            target,
        )
        return _assemble(script, drafts, pause, 0.0)
    breath = _solve(
        lambda value: timing.episode_seconds(_assemble(script, drafts, _LOOSE, value), measure),
        0.0,
        1.0,
        target,
    )
    # A look is a whole shot: in a very short episode going without may come nearer.
    return min(
        (_assemble(script, drafts, _LOOSE, breath), loose),
        key=lambda attempt: abs(timing.episode_seconds(attempt, measure) - target),
    )


def _spares(drafts: list[_Draft], rng: random.Random) -> list[_Spare]:
    """What may go, soonest first: asides, then "?" lines away from the peaks, then beats, then the
    other "?" lines.
    """
    present = list(drafts)
    marked = [draft for draft in present if any(mark for _, mark in draft.lines)]
    calm = [draft for draft in marked if draft.beat.operator not in _ESSENTIAL]
    rng.shuffle(calm)
    beats = [
        draft
        for operator in _SPARE
        for draft in reversed(present)
        if draft.beat.operator == operator
    ]
    asides = [draft for draft in beats if draft.beat.operator == "aside"]
    peaks = [draft for draft in marked if draft.beat.operator in _ESSENTIAL]
    return (
        [_Spare(draft, whole=True) for draft in asides]
        + [_Spare(draft, whole=False) for draft in calm + peaks]
        + [_Spare(draft, whole=True) for draft in beats if draft not in asides]
    )


@dataclass(frozen=True)
class _Spare:
    """One thing that the script can do without; called, it goes."""

    draft: _Draft
    whole: bool

    def __call__(self) -> None:
        self.draft.lines = (
            [] if self.whole else [(line, mark) for line, mark in self.draft.lines if not mark]
        )


def _assemble(script: Script, drafts: list[_Draft], pause: float, breath: float) -> Script:
    """The script with this pause, and with silent looks at the places: ``breath`` 0 none, 1 all and
    long.
    """
    scenes = []
    # The places that can be looked at: not before the hook, and never in the grip of the reversal.
    looks = [
        index
        for index, draft in enumerate(drafts)
        if index > 0 and draft.beat.operator not in ("reversal", "cliffhanger")
    ] or [1]
    span = timing.MIN_SHOT_SECONDS + _MAX_BREATH_SECONDS
    wanted = breath * len(looks) * _MAX_BREATH_SECONDS
    breaths: dict[int, float] = {}
    for place in looks:
        if wanted < timing.MIN_SHOT_SECONDS:
            break
        # Never leave a remainder too short for a shot of its own.
        taken = (
            min(_MAX_BREATH_SECONDS, wanted)
            if wanted >= span or wanted <= _MAX_BREATH_SECONDS
            else wanted / 2
        )
        breaths[place] = round(taken, 3)
        wanted -= taken
    for index, draft in enumerate(drafts):
        lines = [
            replace(
                line,
                pause=round(
                    pause * _WEIGHT[line.emotion] * (1.5 if at == len(draft.lines) - 1 else 1.0), 3
                ),
            )
            for at, (line, _) in enumerate(draft.lines)
        ]
        beat = draft.beat
        scenes.append(
            Scene(
                beat.operator,
                beat.setting,
                beat.tension,
                tuple(lines),
                breaths.get(index, 0.0),
                beat.board,
            )
        )
    return replace(script, scenes=tuple(scenes))


def _solve(length: Callable[[float], float], low: float, high: float, target: float) -> float:
    """The value between ``low`` and ``high`` at which a growing length meets the target, or the
    nearest end.
    """
    for _ in range(24):
        middle = (low + high) / 2
        if length(middle) < target:
            low = middle
        else:
            high = middle
    return round((low + high) / 2, 4)
