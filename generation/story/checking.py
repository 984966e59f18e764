"""The story report of a film: hook, turns, end, who speaks, what stands in another film too."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generation.storyboard import Storyboard

MAX_HOOK_SECONDS = 3.0
_TURNS = ("reversal", "discovery", "betrayal")
# What a storyteller says in every tale: not counted as repeated.
_FORMULAS = frozenset({"且听下回分解", "全剧终", "To be continued", "The End"})


@dataclass(frozen=True)
class At:
    """Something at a second of the film, in a shot."""

    second: float
    shot: str
    text: str = ""


@dataclass(frozen=True)
class StoryReport:
    """How a film is told. Seconds are of the film; shares are of its spoken lines."""

    hook: At | None
    hook_in_time: bool
    turns: tuple[At, ...]
    cliffhanger: At | None
    speakers: Mapping[str, float] = field(default_factory=dict)  # by name, "" the storyteller
    repeated: tuple[At, ...] = ()  # lines that stand in one of the others too
    sameness: float = 0.0
    longest_silence: float = 0.0
    end: At | None = None  # the last line


def report_on(board: Storyboard, others: Sequence[Storyboard] = ()) -> StoryReport:
    """The report of a film, its lines held against those of ``others``."""
    lines: list[tuple[float, float, str, str, str]] = []  # start, end, shot, speaker, text
    turns: list[At] = []
    cliffhanger: At | None = None
    names = {role.id: role.name for role in board.roles}
    start, before = 0.0, ""
    for shot in board.shots:
        for cue in shot.cues:
            lines.append((start + cue.start, start + cue.end, shot.id,
                          names.get(cue.role_id or "", ""), cue.text))  # fmt: skip
        text = shot.cues[0].text if shot.cues else shot.card.text if shot.card else ""
        if shot.beat in _TURNS and shot.beat != before:
            turns.append(At(round(start, 2), shot.id, text))
        if shot.beat == "cliffhanger" and cliffhanger is None:
            cliffhanger = At(round(start, 2), shot.id, text)
        before = shot.beat
        start += shot.duration
    elsewhere = {cue.text for other in others for shot in other.shots for cue in shot.cues}
    repeated = tuple(
        At(round(at, 2), shot, text)
        for at, _, shot, _, text in lines
        if text in elsewhere and text not in _FORMULAS
    )
    counted = Counter(speaker for *_, speaker, _ in lines)
    first = At(round(lines[0][0], 2), lines[0][2], lines[0][4]) if lines else None
    gaps = [later[0] - sooner[1] for sooner, later in itertools.pairwise(lines)]
    return StoryReport(
        hook=first,
        hook_in_time=first is not None and first.second <= MAX_HOOK_SECONDS,
        turns=tuple(turns),
        cliffhanger=cliffhanger,
        speakers={name: round(count / len(lines), 3) for name, count in counted.items()},
        repeated=repeated,
        sameness=round(len(repeated) / len(lines), 3) if lines else 0.0,
        longest_silence=round(max(gaps, default=0.0), 2),
        end=At(round(lines[-1][0], 2), lines[-1][2], lines[-1][4]) if lines else None,
    )
