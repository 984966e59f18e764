"""Faces: what each feeling does to brow, eye, mouth and bearing, and what each sound does to the
lips.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

from generation.stage.motion import mix, phase_of, smooth
from generation.stage.palette import Colour
from generation.storyboard import Cue, Emotion, Viseme


@dataclass(frozen=True)
class Look:
    """A feeling as numbers; 0 is at rest. Lengths in head units (the head is about 95 high), angles
    in degrees.
    """

    brow_in: float = 0.0  # the end by the nose, up
    brow_out: float = 0.0  # the end by the temple, up
    brow_arch: float = 0.0
    lid: float = 0.86  # how far the eye is open
    lower: float = 0.0  # the lower lid, raised
    iris: float = 1.0  # size
    gaze: float = 0.0  # down
    corner: float = 0.0  # mouth corner, up
    jaw: float = 0.0  # dropped, 0..1
    blush: float = 0.25
    tears: float = 0.0
    lean: float = 0.0  # of the body, forward
    head: float = 0.0  # bowed
    lift: float = 0.0  # of the shoulders and forearms
    tremble: float = 0.0
    tint: float = 0.0  # how much of the feeling's colour is in the skin


LOOKS: dict[Emotion, Look] = {
    "calm": Look(),
    "joy": Look(brow_in=1.5, brow_out=0.5, brow_arch=2.5, lid=0.62, lower=3.4, corner=4.5, jaw=0.1,
                blush=0.75, lean=-2,
                head=-5, lift=8, tint=0.1),
    "sorrow": Look(brow_in=6.0, brow_out=-3.5, brow_arch=-1.5, lid=0.52, gaze=2.2, corner=-3.6,
                   blush=0.3, tears=0.5,
                   lean=5, head=13, lift=4, tint=0.22),
    "anger": Look(brow_in=-5.5, brow_out=5.0, brow_arch=-1.0, lid=0.8, lower=1.6, iris=0.86,
                  corner=-3.0, jaw=0.06,
                  blush=0.6, lean=6, head=2, lift=14, tremble=0.25, tint=0.34),
    "fear": Look(brow_in=5.5, brow_out=0.5, brow_arch=2.0, lid=1.28, iris=0.66, corner=-2.4,
                 jaw=0.26, blush=0.0, lean=-8,
                 head=-3, lift=20, tremble=1.0, tint=0.3),
    "surprise": Look(brow_in=5.0, brow_out=4.0, brow_arch=4.5, lid=1.34, iris=0.82, jaw=0.5,
                     blush=0.2, lean=-5, head=-6,
                     lift=16, tint=0.06),
    "love": Look(brow_in=2.2, brow_out=-1.0, brow_arch=2.0, lid=0.58, lower=1.6, iris=1.12,
                 gaze=0.8, corner=3.0, blush=1.0,
                 lean=2, head=6, lift=6, tint=0.2),
    "resolve": Look(brow_in=-3.2, brow_out=3.2, brow_arch=0.5, lid=0.8, lower=0.8, corner=-0.8,
                    blush=0.25, lean=-2,
                    head=-4, lift=5, tint=0.08),
}  # fmt: skip

TINTS: dict[Emotion, Colour] = {
    "calm": (255, 240, 210), "joy": (255, 196, 140), "sorrow": (150, 178, 200),
    "anger": (214, 74, 44),
    "fear": (150, 190, 176), "surprise": (255, 244, 214), "love": (246, 140, 130),
    "resolve": (232, 184, 120),
}  # fmt: skip


def mixed(a: Look, b: Look, share: float) -> Look:
    """A look between ``a`` (share 0) and ``b`` (share 1)."""
    if share <= 0:
        return a
    if share >= 1:
        return b
    return Look(
        *(mix(getattr(a, field.name), getattr(b, field.name), share) for field in fields(Look))
    )


@dataclass(frozen=True)
class Lips:
    """A mouth shape: ``open`` 0..1 drops the jaw, ``purse`` 0..1 pushes the lips out, ``spread``
    0..1 draws them back.
    """

    open: float = 0.0
    purse: float = 0.0
    spread: float = 0.0
    teeth: float = 0.0


LIPS: dict[Viseme, Lips] = {
    "rest": Lips(),
    "closed": Lips(0.0, 0.25, 0.0),
    "open": Lips(1.0, 0.0, 0.25),
    "wide": Lips(0.5, 0.0, 1.0, 0.4),
    "round": Lips(0.55, 1.0, 0.0),
    "teeth": Lips(0.26, 0.1, 0.55, 1.0),
}
BLEND = 0.075  # seconds in which one mouth shape becomes the next


def lips_at(role_id: str, cues: Sequence[Cue], at: float) -> Lips:
    """Return the mouth of a role: its cue's shapes while it speaks, at rest otherwise. Shapes start
    at ``Mouth.start``.
    """
    for cue in cues:
        if cue.role_id != role_id or not cue.start <= at < cue.end + BLEND:
            continue
        before, now, since = LIPS["rest"], LIPS["rest"], 0.0
        for mouth in cue.mouths:
            if mouth.start > at:
                break
            before, now, since = now, LIPS[mouth.shape], at - mouth.start
        if at >= cue.end:
            before, now, since = now, LIPS["rest"], at - cue.end
        share = smooth(since / BLEND)
        return Lips(
            *(
                mix(getattr(before, field.name), getattr(now, field.name), share)
                for field in fields(Lips)
            )
        )
    return LIPS["rest"]


def blink_at(role_id: str, seed: int, at: float) -> float:
    """Return how far the lids are closed, 0..1: a blink of a quarter second every three to five."""
    phase = phase_of(seed, role_id, "blink")
    period = 3.1 + phase / math.tau * 1.9
    since = (at + phase) % period
    return math.sin(since / 0.24 * math.pi) ** 2 if since < 0.24 else 0.0
