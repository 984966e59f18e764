"""Shots made longer or shorter, never shorter than what is said in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from generation.editing.types import CannotApply, Change, Text
from generation.storyboard import Action, Shot

_SHARES = {"little": 0.1, "": 0.2, "much": 0.35}  # of the length, for "a bit shorter"
_MIN_SECONDS = 1.0
_MAX_SECONDS = 30.0  # of one shot
_AFTER_WORDS = 0.1  # seconds that a shot stands on after its last word


def retimed(shots: Sequence[Shot], change: Change, fps: int, fixed: float = 0.0) -> list[Shot]:
    """The shots in the length that is asked of them together, whole frames each; what is taken or
    given is shared by how much room each has. ``fixed`` are seconds that count but cannot change.

    Raises ``CannotApply`` where the words take longer than asked, with the nearest that can be.
    """
    frames = [round(shot.duration * fps) for shot in shots]
    least = [min(_least(shot, fps), frame) for shot, frame in zip(shots, frames, strict=True)]
    most = [max(round(_MAX_SECONDS * fps), frame) for frame in frames]
    now = sum(frames)
    exact = change.value not in _SHARES
    if not exact:
        share = _SHARES[change.value] * (-1 if change.degree == "less" else 1)
        goal = min(sum(most), max(sum(least), round(now * (1 + share))))
    elif change.degree == "set":
        goal = round((float(change.value) - fixed) * fps)
    else:
        goal = now + round(float(change.value) * fps) * (-1 if change.degree == "less" else 1)
    if exact and not sum(least) <= goal <= sum(most):
        raise _unfit(sum(least) / fps + fixed, sum(most) / fps + fixed, goal < sum(least))
    room = [(frame - low) if goal < now else (high - frame)
            for frame, low, high in zip(frames, least, most, strict=True)]  # fmt: skip
    given = _shared(abs(goal - now), room if goal < now else frames)
    sign = -1 if goal < now else 1
    return [
        _with_length(shot, (frame + sign * part) / fps)
        for shot, frame, part in zip(shots, frames, given, strict=True)
    ]


def _least(shot: Shot, fps: int) -> int:
    words = max((cue.end for cue in shot.cues), default=0.0)
    return math.ceil(max(_MIN_SECONDS, words + _AFTER_WORDS if shot.cues else 0.0) * fps)


def _shared(amount: int, room: Sequence[int]) -> list[int]:
    """``amount`` frames shared out by ``room``, the sum kept."""
    total = sum(room)
    if total == 0:
        return [0] * len(room)
    parts = [amount * part // total for part in room]
    for at in sorted(range(len(room)), key=lambda place: -room[place])[: amount - sum(parts)]:
        parts[at] += 1
    return parts


def _with_length(shot: Shot, seconds: float) -> Shot:
    if seconds == shot.duration:
        return shot
    card = replace(shot.card, end=seconds) if shot.card is not None else None
    return replace(
        shot,
        duration=seconds,
        card=card,
        actions=tuple(_stretched(action, shot.duration, seconds) for action in shot.actions),
    )


def _stretched(action: Action, before: float, seconds: float) -> Action:
    """What lasted to the end of the shot lasts to its new end; nothing goes on beyond it."""
    end = seconds if action.end >= before - 0.05 else min(action.end, seconds)
    return replace(action, start=max(0.0, min(action.start, end - 0.3)), end=round(end, 3))


def _unfit(least: float, most: float, too_short: bool) -> CannotApply:
    if too_short:
        return CannotApply(
            Text(
                f"台词要念完，最短 {least:.1f} 秒。要更短，先删台词。",
                f"The words take {least:.1f} s: that is the shortest. Delete a line to go below.",
            )
        )
    return CannotApply(
        Text(f"最长 {most:.0f} 秒。", f"{most:.0f} s is the longest that these shots can be.")
    )
