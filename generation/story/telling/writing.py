"""From a told outline to its script: the words of each beat as they stand."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generation import timing
from generation.story import fitting
from generation.story.acting import Called, acts_in, renamed
from generation.story.planner import MIN_SECONDS
from generation.story.types import Act, Beat, Outline, Person, Scene, Script, ScriptLine, Thing
from generation.storyboard import Emotion

_QUOTED = re.compile(r"“([^”]*)”|「([^」]*)」|『([^』]*)』|\"([^\"]*)\"")
_LOOK_SECONDS = 4.0
_MAX_LINE = 150  # characters of a line; an edited beat may hold more


def write_script(outline: Outline, measure: timing.Measure) -> Script:
    """The script of a told outline. ``measure`` gives the spoken seconds of a piece of a line.

    The storyteller says what a beat tells; what stands in quotation marks is said by the beat's
    speaker. Somebody who was renamed in the outline is called by the new name. Raises
    ``ValueError`` when no beat tells anything.
    """
    scenes = []
    for beat in outline.beats:
        lines = tuple(_lines(beat, outline))
        if lines:
            scenes.append(Scene(beat.operator, beat.setting, beat.tension, lines, board=beat.board))
    if not scenes:
        raise ValueError("no beat of the outline tells anything")
    prop = next((thing for thing in outline.things if thing.prop), None)
    script = Script(
        title=outline.title,
        language=outline.language,
        seed=outline.seed,
        seconds=outline.seconds,
        engine=outline.engine,
        people=outline.people,
        scenes=tuple(scenes),
        question=outline.question,
        choices=outline.choices,
        prop=prop.prop if prop else None,
        prop_name=prop.name if prop else "",
        things=outline.things,
        finale=outline.finale,
    )
    return _with_looks(fitting.fit_pauses(script, measure), measure)


def _with_looks(script: Script, measure: timing.Measure) -> Script:
    """The script with silent looks before its last scene, where all pauses and breaths together
    leave it shorter than an episode is.
    """
    script = _with_longer_breaths(script, measure)
    missing = MIN_SECONDS - timing.episode_seconds(script, measure)
    if missing < timing.MIN_SHOT_SECONDS / 2:
        return script
    count = math.ceil(missing / _LOOK_SECONDS)
    at = max(1, len(script.scenes) - 1)
    seconds = max(timing.MIN_SHOT_SECONDS, round(missing / count, 3))
    look = replace(script.scenes[at - 1], operator="telling", lines=(), breath=seconds)
    return replace(script, scenes=(*script.scenes[:at], *(look,) * count, *script.scenes[at:]))


def _with_longer_breaths(script: Script, measure: timing.Measure) -> Script:
    """The script with a look at each place after the hook, as long as a shot may be if need be."""
    for number in range(1, len(script.scenes)):
        missing = MIN_SECONDS - timing.episode_seconds(script, measure)
        if missing < timing.MIN_SHOT_SECONDS / 2:
            break
        scene = script.scenes[number]
        breath = min(timing.MAX_SHOT_SECONDS, max(timing.MIN_SHOT_SECONDS, scene.breath + missing))
        scenes = list(script.scenes)
        scenes[number] = replace(scene, breath=round(breath, 3))
        script = replace(script, scenes=tuple(scenes))
    return script


def _lines(beat: Beat, outline: Outline) -> Iterator[ScriptLine]:
    ids = {person.id for person in outline.people}
    acts = tuple(
        act if act.to in ids or act.to is None else replace(act, to=None)
        for act in beat.acts
        if act.person in ids
    ) or _read_acts(beat.told, outline.people, outline.things, outline.language)
    stands = beat.end - beat.start == len(beat.told)
    speaker = beat.speaker if beat.speaker in ids else None
    first = True
    for start, end, spoken in _parts(beat.told, speaker is not None, beat.operator == "hook"):
        text = beat.told[start:end]
        said = renamed(text, outline.people)
        kept = stands and said == text
        emotion: Emotion = beat.emotion
        yield ScriptLine(
            speaker if spoken else None,
            said,
            emotion,
            acts=acts if first else tuple(replace(act, verb="stand") for act in acts),
            start=beat.start + start if kept else 0,
            end=beat.start + end if kept else 0,
        )
        first = False


def _parts(told: str, has_speaker: bool, whole: bool) -> Iterator[tuple[int, int, bool]]:
    """Where each line starts and ends in the told words, and whether it is speech."""
    at = 0
    if has_speaker:
        quotations = list(_QUOTED.finditer(told))
        if not quotations and whole:  # a hook that is nothing but the speech itself
            yield from ((start, end, True) for start, end in _short(told, 0, len(told)))
            return
        for match in quotations:
            group = next(number for number in range(1, 5) if match.group(number) is not None)
            yield from ((s, e, False) for s, e in _short(told, at, match.start()))
            yield from ((s, e, True) for s, e in _short(told, match.start(group), match.end(group)))
            at = match.end()
    yield from ((start, end, False) for start, end in _short(told, at, len(told)))


def _short(told: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without the blanks at its ends, parted where it is too long for one line; nothing
    when it holds no letter.
    """
    while end - start > _MAX_LINE:
        cut = max(told.rfind(mark, start + 20, start + _MAX_LINE) for mark in "。！？.!?，,；; ")
        cut = cut + 1 if cut > start else start + _MAX_LINE
        yield from _short(told, start, cut)
        start = cut
    text = told[start:end]
    if any(character.isalnum() for character in text):
        lead = len(text) - len(text.lstrip())
        yield start + lead, start + len(text.rstrip())


def _read_acts(
    told: str, people: Sequence[Person], things: Sequence[Thing], language: str
) -> tuple[Act, ...]:
    called = [Called(person.id, (person.called, person.name)) for person in people]
    return acts_in(told, "zh" if language == "zh" else "en", called, things)
