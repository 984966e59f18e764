"""A script's scenes made as long as was asked: what may go goes first ("?" lines, then whole beats
that the plot can spare), then pauses stretch, then the places breathe.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from generation import timing
from generation.story import books
from generation.story.types import Beat, Scene, Script, ScriptLine
from generation.storyboard import Emotion

# Chosen by hand: an ordinary pause at its shortest and longest, the longest silent shot (seconds).
_TIGHT, _LOOSE = 0.18, 0.85
_MAX_BREATH_SECONDS = 3.6
_WEIGHT: dict[Emotion, float] = {
    "calm": 1.0, "joy": 0.8, "sorrow": 1.3, "anger": 0.7, "fear": 1.2, "surprise": 0.8,
    "love": 1.25, "resolve": 1.0,
}  # fmt: skip


@dataclass
class Draft:
    """A scene being fitted: its beat, and its lines with their marks."""

    beat: Beat  # of it: operator, setting, tension and board
    lines: list[tuple[ScriptLine, bool]]


def fit_pauses(script: Script, measure: timing.Measure) -> Script:
    """The script with all its lines, and with pauses and silent shots that bring it near its asked
    length.

    ``measure`` gives the spoken seconds of an utterance. A script whose lines alone take longer
    stays longer.
    """
    drafts = [
        Draft(
            Beat(scene.operator, scene.setting, scene.tension, board=scene.board),
            [(line, False) for line in scene.lines],
        )
        for scene in script.scenes
    ]
    return _stretch(replace(script, scenes=()), drafts, measure)


def fit(script: Script, drafts: list[Draft], measure: timing.Measure, rng: random.Random) -> Script:
    target = script.seconds

    def fits() -> bool:
        there = [draft for draft in drafts if draft.lines]
        tight = _assemble(script, there, _TIGHT, 0.0)
        return timing.episode_seconds(tight, measure) <= target

    gone: list[tuple[Draft, list[tuple[ScriptLine, bool]]]] = []
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


def _stretch(script: Script, drafts: list[Draft], measure: timing.Measure) -> Script:
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
    found = (_assemble(script, drafts, _LOOSE, breath), loose)
    return min(found, key=lambda it: abs(timing.episode_seconds(it, measure) - target))


def _spares(drafts: list[Draft], rng: random.Random) -> list[_Spare]:
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

    draft: Draft
    whole: bool

    def __call__(self) -> None:
        self.draft.lines = (
            [] if self.whole else [(line, mark) for line, mark in self.draft.lines if not mark]
        )


def _assemble(script: Script, drafts: list[Draft], pause: float, breath: float) -> Script:
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
