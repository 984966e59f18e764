"""From an outline to a script: exchanges chosen for each beat, then fitted to the asked length.

The fit knows how long each line takes to speak (from the voice itself). What may go goes first
("?" lines, then whole beats that the plot can spare), then pauses stretch, then the places breathe.
"""

from __future__ import annotations

import random
import re

from generation import timing
from generation.story import books, casting, vocatives
from generation.story.books import Exchange, Phrase, Secret
from generation.story.fitting import Draft, fit
from generation.story.saying import agrees, castable, may_be_said, secrets_of, shows_third
from generation.story.types import Beat, Outline, Premise, Script, ScriptLine

VERSION = 3

_NEAR = 1.03  # an attempt no longer than this share of the asked length is taken
_SECTIONS = {
    "hook": "hook",
    "secret": "hint",
    "discovery": "expose",
    "reversal": "turn",
    "cliffhanger": "cliff",
}
_CAPITAL = re.compile(r"(?:^|(?<=[.!?] ))[a-z]")
_PLANTED_AFTER = 2  # scenes in which the third person is seen or named, or stays away


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
    return fit(script, drafts, measure, rng)


def _draft(outline: Outline, premise: Premise, brief: bool, without: str) -> list[Draft]:
    first, twist = secrets_of(premise)
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
            drafts.append(Draft(beat, lines))
            continue
        options = _options(outline, premise, beat, secret, used)
        if twist.hidden and not reversed_yet:
            options = [option for option in options if not shows_third(option)] or options[:1]
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
        and castable(exchange, ids, outline.language)
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


def _spoken(exchange: Exchange, beat: Beat, outline: Outline, premise: Premise) -> Draft:
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
    return Draft(beat, lines)


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


def _planted(drafts: list[Draft], outline: Outline, premise: Premise) -> list[Draft]:
    """The drafts with a word about the third person in the second scene, where they come later."""
    third = next((person for person in outline.people if person.id == "C"), None)
    if third is None or len(drafts) <= _PLANTED_AFTER:
        return drafts

    def there(draft: Draft) -> bool:
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


def _line(phrase: Phrase, slots: dict[str, str], outline: Outline, key: str) -> ScriptLine:
    template = phrase.text[outline.language]
    text = books.fill(books.word(template, f"{template} {key}", outline.seed), slots)
    if outline.language == "en":
        text = _CAPITAL.sub(lambda match: match[0].upper(), text)
    return ScriptLine(
        None if phrase.part == "N" else phrase.part, text, phrase.emotion, phrase.verb
    )
