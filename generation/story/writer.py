"""From an outline to a script: exchanges chosen for each beat, then fitted to the asked length.

The fit knows how long each line takes to speak (from the voice itself). What may go goes first
("?" lines, then whole beats that the plot can spare), then pauses stretch, then the places breathe.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from generation import timing
from generation.story import books, casting, vocatives
from generation.story.books import Exchange, Phrase, Secret
from generation.story.saying import agrees, may_be_said
from generation.story.types import Beat, Outline, Premise, Scene, Script, ScriptLine
from generation.storyboard import Emotion

VERSION = 3

# Chosen by hand: an ordinary pause at its shortest and longest, the longest silent shot (seconds).
_TIGHT, _LOOSE = 0.18, 0.85
_MAX_BREATH_SECONDS = 3.6
_NEAR = 1.03  # an attempt no longer than this share of the asked length is taken
_SECTIONS = {
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
_CAPITAL = re.compile(r"(?:^|(?<=[.!?] ))[a-z]")
_PLANTED_AFTER = 2  # scenes in which the third person is seen or named, or stays away


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
    drafts = _draft(outline, premise, brief, without)
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


def _secrets_of(premise: Premise) -> tuple[Secret, Secret]:
    """The first secret of a premise and its twist. ``ValueError`` when somebody edited the premise
    to name one that there is not.
    """
    try:
        return books.secrets()[premise.first], books.secrets()[premise.twist]
    except KeyError as error:
        raise ValueError(f"there is no secret {error}") from error


def _draft(outline: Outline, premise: Premise, brief: bool, without: str) -> list[_Draft]:
    first, twist = _secrets_of(premise)
    drafts = []
    used: list[Exchange] = []
    reversed_yet = False
    for beat in outline.beats:
        if beat.operator == without:
            continue
        secret = twist if beat.operator in ("reversal", "cliffhanger") else first
        reversed_yet = reversed_yet or beat.operator == "reversal"
        if beat.operator == "setup" and outline.recap:
            parts = timing.split_line(outline.recap, outline.language)
            lines = [(ScriptLine(None, part, "calm"), False) for part in parts]
            drafts.append(_Draft(beat, lines))
            continue
        options = _options(outline, premise, beat, secret, used)
        if twist.hidden and not reversed_yet:
            options = [option for option in options if not _shows_third(option)] or options[:1]
        if not options:
            continue
        if brief:
            options = [min(options, key=lambda it: sum(len(p.text[outline.language]) for p in it))]
        if beat.operator == "hook":
            exchange = _hook(options, beat, outline, premise)
        else:
            key = f"{beat.operator} {len(drafts)} {premise.key}"
            exchange = books.spread(options, key, outline.seed)
        used.append(exchange)
        drafts.append(_spoken(exchange, beat, outline, premise))
    return drafts if twist.hidden else _planted(drafts, outline, premise)


def _options(
    outline: Outline, premise: Premise, beat: Beat, secret: Secret, used: list[Exchange]
) -> list[Exchange]:
    """The exchanges that a beat may be spoken in: not used yet, with everybody there, with nothing
    that is kept out or that the picture contradicts, as far as there are such.
    """
    if beat.operator in _SECTIONS:
        found = list(secret.exchanges[_SECTIONS[beat.operator]])
        if beat.operator == "cliffhanger":
            found = _asking(found, secret, outline, premise) or found
    else:
        found = _beat_options(outline, beat.operator)
    unsaid = frozenset(premise.without)
    ids = {person.id for person in outline.people}
    found = [
        exchange
        for exchange in found
        if exchange not in used
        and _castable(exchange, ids, outline.language)
        and may_be_said(exchange, outline.language, unsaid)
    ]
    if beat.operator == "hook":
        return found
    return [it for it in found if agrees(it, outline.language, beat.setting)] or found


def _asking(
    exchanges: list[Exchange], secret: Secret, outline: Outline, premise: Premise
) -> list[Exchange]:
    """The cliffhanger that leads to the outline's question: the wordings of a question stand in the
    order of the exchanges that raise them.
    """
    text = secret.question[outline.language]
    if books.variants(text) != len(exchanges):
        return []
    beat = outline.beats[-1]
    slots = casting.slots(
        outline.language, outline.people, premise, beat.setting, genre=outline.genre,
        seed=outline.seed, board=beat.board,
    )  # fmt: skip
    asked = [books.fill(wording, slots) for wording in books.wordings(text)]
    return [it for it, question in zip(exchanges, asked, strict=True)
            if question == outline.question]  # fmt: skip


def _spoken(exchange: Exchange, beat: Beat, outline: Outline, premise: Premise) -> _Draft:
    language = outline.language
    slots = casting.slots(
        language, outline.people, premise, beat.setting, genre=outline.genre, seed=outline.seed,
        board=beat.board,
    )  # fmt: skip
    lines = [
        (_line(phrase, slots, outline, premise.key), phrase.droppable)
        for phrase in exchange
        if phrase.text[language]
    ]
    if beat.operator not in vocatives.STRANGERS:
        lines = vocatives.addressed(exchange, lines, outline)
    return _Draft(beat, lines)


def _hook(options: list[Exchange], beat: Beat, outline: Outline, premise: Premise) -> Exchange:
    """The hook that the outline's summary shows, so that the page and the film agree; else any."""
    for option in options:
        if _spoken(option, beat, outline, premise).lines[0][0].text.lower() in beat.summary.lower():
            return option
    return books.spread(options, f"hook {premise.key}", outline.seed)


def _beat_options(outline: Outline, operator: str) -> list[Exchange]:
    """Exchanges for an operator; those written for the genre alone come before all others as soon
    as there are enough.
    """
    book = books.GENRES[outline.genre]
    fitting = [it for it in books.beat_books() if it.operator == operator and book.suits(it.tags)]
    own = [it for beats in fitting if outline.genre in beats.tags for it in beats.exchanges]
    every = [it for beats in fitting for it in beats.exchanges]
    if outline.genre == "comedy":  # a straight scene falls flat between funny ones
        return own or every
    return [*every, *own]


def _planted(drafts: list[_Draft], outline: Outline, premise: Premise) -> list[_Draft]:
    """The drafts with a word about the third person in the second scene, where they come later."""
    third = next((person for person in outline.people if person.id == "C"), None)
    if third is None or len(drafts) <= _PLANTED_AFTER:
        return drafts

    def there(draft: _Draft) -> bool:
        return any(line.person == "C" or third.name in line.text for line, _ in draft.lines)

    if not any(map(there, drafts[_PLANTED_AFTER:])) or any(map(there, drafts[:_PLANTED_AFTER])):
        return drafts
    unsaid = frozenset(premise.without)
    at = drafts[1].beat
    options = [
        option
        for option in _beat_options(outline, "plant")
        if may_be_said(option, outline.language, unsaid)
        and agrees(option, outline.language, at.setting)
    ]
    if options:
        exchange = books.spread(options, f"plant {premise.key}", outline.seed)
        drafts[1].lines.extend(_spoken(exchange, at, outline, premise).lines)
    return drafts


def _shows_third(exchange: Exchange) -> bool:
    return any(phrase.part == "C" or "{C" in phrase.text["zh"] for phrase in exchange)


def _castable(exchange: Exchange, ids: Iterable[str], language: str) -> bool:
    """Whether everyone who speaks or is spoken of is still in the cast (a person may have edited
    it).
    """
    here = {*ids, "N"}
    return all(
        phrase.part in here
        and all(part in here for part in "ABC" if f"{{{part}" in phrase.text[language])
        for phrase in exchange
    )


def _line(phrase: Phrase, slots: dict[str, str], outline: Outline, key: str) -> ScriptLine:
    template = phrase.text[outline.language]
    text = books.fill(books.word(template, f"{template} {key}", outline.seed), slots)
    if outline.language == "en":
        text = _CAPITAL.sub(lambda match: match[0].upper(), text)
    return ScriptLine(
        None if phrase.part == "N" else phrase.part, text, phrase.emotion, phrase.verb
    )


def _fit(
    script: Script, drafts: list[_Draft], measure: timing.Measure, rng: random.Random
) -> Script:
    target = script.seconds

    def fits() -> bool:
        there = [draft for draft in drafts if draft.lines]
        tight = _assemble(script, there, _TIGHT, 0.0)
        return timing.episode_seconds(tight, measure) <= target

    gone: list[tuple[_Draft, list[tuple[ScriptLine, bool]]]] = []
    for spare in _spares(drafts, rng):
        if fits():
            break
        gone.append((spare.draft, spare.draft.lines))
        spare()
    # What was dearest went last: it comes back where there is room after all.
    for draft, lines in reversed(gone):
        kept, draft.lines = draft.lines, lines
        if not fits():
            draft.lines = kept
    return _stretch(script, [draft for draft in drafts if draft.lines], measure)


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
    spare = {rule.operator: rule.spare for rule in books.OPERATORS.values()}
    calm = [draft for draft in marked if spare.get(draft.beat.operator)]
    rng.shuffle(calm)
    beats = sorted(
        (draft for draft in reversed(present) if spare.get(draft.beat.operator)),
        key=lambda draft: spare[draft.beat.operator],
    )
    asides = [draft for draft in beats if draft.beat.operator == "aside"]
    peaks = [draft for draft in marked if not spare.get(draft.beat.operator)]
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
    for _ in range(16):
        middle = (low + high) / 2
        if length(middle) < target:
            low = middle
        else:
            high = middle
    return round((low + high) / 2, 4)
