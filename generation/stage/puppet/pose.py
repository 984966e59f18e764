"""Poses: from placement, verbs and feeling to joint angles at one moment. Pure functions of time.

Angles are degrees; an arm at 0 hangs down and swings forward as it grows. Lengths are stage units.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generation.stage.camera import WIDTH
from generation.stage.motion import between, envelope, mix, phase_of, settle, smooth, wander
from generation.stage.puppet.figures import HIP, NECK, TALL, Build
from generation.stage.puppet.looks import LIPS, LOOKS, Lips, Look, blink_at, lips_at, mixed
from generation.storyboard import Action, Emotion, Placement, Shot

SUNK = 112.0  # how far the hip comes down when a puppet kneels
OFF = 190.0  # how far outside the frame a puppet waits
FALL = 205.0  # about half of a body's length
TURN = 0.34  # seconds that a change of facing takes when a puppet must walk the other way


@dataclass(frozen=True)
class Pose:
    """A puppet at one moment."""

    x: float
    y: float = 0.0  # above the ground
    facing: float = 1.0  # -1..1; between them the puppet turns on its rod
    lean: float = 0.0
    head: float = 0.0
    shoulder: tuple[float, float] = (10.0, -6.0)  # front arm, back arm
    elbow: tuple[float, float] = (22.0, 18.0)
    wrist: tuple[float, float] = (0.0, 0.0)
    stride: float = 0.0  # phase of the walk
    walking: float = 0.0  # 0..1
    kneel: float = 0.0
    topple: float = 0.0  # degrees fallen backwards
    alpha: float = 1.0
    breath: float = 0.0
    look: Look = LOOKS["calm"]
    feeling: Emotion = "calm"
    lips: Lips = LIPS["rest"]
    blink: float = 0.0


def pose_at(placement: Placement, shot: Shot, at: float, seed: int) -> Pose:
    """Return the pose of the puppet that stands at ``placement``, ``at`` seconds into ``shot``."""
    actions = sorted(
        (a for a in shot.actions if a.role_id == placement.role_id), key=lambda a: a.start
    )
    phase = phase_of(seed, placement.role_id)
    feeling, look = _feeling(placement, shot, actions, at)
    pose = _idle(placement, at, phase, look)
    pose = replace(pose, feeling=feeling, lips=lips_at(placement.role_id, shot.cues, at))
    pose = replace(pose, blink=blink_at(placement.role_id, seed, at))
    pose = _placed(pose, placement, actions, at)
    if placement.prop is not None or placement.placard:
        pose = _holding(pose, placement.prop or "placard")
    for action in actions:
        if at >= action.start:
            pose = _doing(pose, action, at, phase)
    return _speaking(pose, placement, shot, at, phase)


def eyes_of(pose: Pose, build: Build) -> tuple[float, float]:
    """Return where a camera finds the puppet's eyes: x, and height above the ground, in stage
    units.

    Breathing and small nods are left out, so that a held camera holds.
    """
    size = build.height * TALL
    leaning = pose.look.lean + _beyond(pose.lean - pose.look.lean, 4) + build.stoop
    nodding = pose.look.head + _beyond(pose.head - pose.look.head, 8)
    lean, head = math.radians(leaning), math.radians(nodding + leaning * 0.5)
    along, up = 5.0, NECK - HIP
    x, y = (
        along * math.cos(lean) + up * math.sin(lean),
        up * math.cos(lean) - along * math.sin(lean),
    )
    along, up = 22.0 * build.head, 47.0 * build.head
    x, y = (
        x + along * math.cos(head) + up * math.sin(head),
        y + up * math.cos(head) - along * math.sin(head),
    )
    y += HIP - pose.kneel * SUNK
    if pose.topple:
        fallen = math.radians(pose.topple)
        x, y = (
            x * math.cos(fallen) - y * math.sin(fallen),
            y * math.cos(fallen) + x * math.sin(fallen),
        )
    return pose.x + pose.facing * x * size, pose.y + y * size


def _beyond(angle: float, still: float) -> float:
    """What of an angle goes beyond ``still`` degrees either way."""
    return math.copysign(max(0.0, abs(angle) - still), angle)


def _feeling(
    placement: Placement, shot: Shot, actions: Sequence[Action], at: float
) -> tuple[Emotion, Look]:
    """Actions and cues change the feeling from their start on; each change takes 0.45 s."""
    changes = [(a.start, a.emotion) for a in actions if a.emotion is not None]
    changes += [
        (c.start, c.emotion)
        for c in shot.cues
        if c.role_id == placement.role_id and c.emotion != "calm"
    ]
    feeling, look = placement.emotion, LOOKS[placement.emotion]
    for start, emotion in sorted(changes, key=lambda change: change[0]):
        if at < start:
            break
        look = mixed(look, LOOKS[emotion], smooth((at - start) / 0.45))
        feeling = emotion
    return feeling, look


def _idle(placement: Placement, at: float, phase: float, look: Look) -> Pose:
    breath = math.sin(at * 2.1 + phase)
    shiver = look.tremble * math.sin(at * 47 + phase) * 0.8
    sway = wander(at, phase, 0.7)
    return Pose(
        x=placement.x * WIDTH,
        facing=float(placement.facing),
        breath=breath,
        look=look,
        lean=look.lean + sway * 1.1 + shiver * 0.6,
        head=look.head + wander(at, phase + 1.3, 0.9) * 2.2 + shiver,
        shoulder=(
            12 + look.lift * 0.9 + breath * 1.4 + sway * 1.5,
            -8 + look.lift * 0.5 - breath * 1.2 + shiver,
        ),
        elbow=(
            30 + look.lift * 1.5 + wander(at, phase + 2, 0.8) * 4,
            24 + look.lift * 1.1 + breath * 2,
        ),
        wrist=(wander(at, phase + 3) * 6 + 8 + shiver * 3, wander(at, phase + 4) * 5),
    )


def _placed(pose: Pose, placement: Placement, actions: Sequence[Action], at: float) -> Pose:
    """Where the puppet stands and looks after the verbs that move it."""
    x, facing, walking, stride = pose.x, float(placement.facing), 0.0, 0.0
    for action in actions:
        share = between(at, action.start, action.end)
        if action.verb == "enter":
            goal = x if action.to_x is None else action.to_x * WIDTH
            origin = -OFF if (placement.facing > 0) else WIDTH + OFF
            begin, end = origin, goal
        elif action.verb == "exit":
            way = WIDTH + OFF if facing > 0 else -OFF
            begin, end = x, way if action.to_x is None else action.to_x * WIDTH
        elif action.verb in ("walk", "drift") and action.to_x is not None:
            begin, end = x, action.to_x * WIDTH
        elif action.verb == "recoil":
            begin, end = x, x - facing * 26
        elif action.verb == "turn":
            if at >= action.start:
                span = min(action.end - action.start, 0.6)
                facing *= math.cos(math.pi * smooth(between(at, action.start, action.start + span)))
            continue
        else:
            continue
        if at < action.start and action.verb != "enter":
            break
        if action.verb in ("walk", "exit", "drift") and (end - begin) * facing < 0:
            facing *= math.cos(math.pi * smooth((at - action.start) / TURN))
        eased = settle(share) if action.verb == "recoil" else smooth(share) * 0.55 + share * 0.45
        x = mix(begin, end, eased)
        if action.verb in ("enter", "exit", "walk"):
            stride += abs(x - begin) / 62 * math.pi
            walking = max(walking, envelope(at, action.start, action.end, 0.2, 0.25))
    return replace(pose, x=x, facing=facing, walking=walking, stride=stride)


def _holding(pose: Pose, prop: str) -> Pose:
    front = {"umbrella": (38.0, 96.0, 0.0), "lantern": (46.0, 36.0, 0.0),
             "sword": (26.0, 64.0, 0.0),
             "flute": (58.0, 92.0, 0.0), "mirror": (44.0, 88.0, 0.0),
             "fan": (28.0, 98.0, 0.0),
             "placard": (34.0, 92.0, 0.0)}.get(prop, (30.0, 74.0, 0.0))  # fmt: skip
    both = prop == "flute"
    shoulder, elbow, wrist = pose.shoulder, pose.elbow, pose.wrist
    return replace(
        pose,
        shoulder=(front[0] + (shoulder[0] - 12) * 0.4, 44.0 if both else shoulder[1]),
        elbow=(front[1] + (elbow[0] - 30) * 0.25, 90.0 if both else elbow[1]),
        wrist=(front[2] + wrist[0] * 0.3, wrist[1]),
    )


def _arms(pose: Pose, share: float, front: tuple[float, float, float] | None = None,
          back: tuple[float, float, float] | None = None) -> Pose:  # fmt: skip
    """Bring the arms towards (shoulder, elbow, wrist) by ``share``."""
    shoulder, elbow, wrist = list(pose.shoulder), list(pose.elbow), list(pose.wrist)
    for index, goal in enumerate((front, back)):
        if goal is not None:
            shoulder[index] = mix(shoulder[index], goal[0], share)
            elbow[index] = mix(elbow[index], goal[1], share)
            wrist[index] = mix(wrist[index], goal[2], share)
    return replace(
        pose,
        shoulder=(shoulder[0], shoulder[1]),
        elbow=(elbow[0], elbow[1]),
        wrist=(wrist[0], wrist[1]),
    )


def _doing(pose: Pose, action: Action, at: float, phase: float) -> Pose:
    within = envelope(at, action.start, action.end)
    since = at - action.start
    span = max(action.end - action.start, 0.05)
    match action.verb:
        case "enter" | "exit" | "walk":
            swing = math.sin(pose.stride) * pose.walking
            pose = replace(
                pose,
                lean=pose.lean + 4 * pose.walking,
                y=pose.y + abs(math.cos(pose.stride)) * 5 * pose.walking,
            )
            front, back = pose.shoulder
            pose = replace(pose, shoulder=(front + swing * 16, back - swing * 20))
        case "bow":
            pose = replace(
                _arms(pose, within, (62, 58, 14), (58, 60, 10)),
                lean=pose.lean + 30 * within,
                head=pose.head + 16 * within,
            )
        case "kneel":
            down = smooth(since / min(span, 0.9))
            pose = replace(
                pose,
                kneel=max(pose.kneel, down),
                lean=pose.lean + 7 * down,
                head=pose.head + 8 * down,
            )
            pose = _arms(pose, down * 0.7, (30, 60, 0), (26, 64, 0))
        case "stand":
            rise = smooth(since / min(span, 0.9))
            pose = replace(pose, kneel=pose.kneel * (1 - rise), topple=pose.topple * (1 - rise))
        case "reach":
            pose = _arms(
                replace(pose, lean=pose.lean + 7 * within),
                within,
                (78, 12, 6 * wander(at, phase, 3)),
            )
        case "give":
            pose = _arms(
                replace(pose, lean=pose.lean + 5 * within, head=pose.head + 4 * within),
                within,
                (64, 30, 8),
                (58, 34, 4),
            )
        case "point":
            thrust = within * (1 + 0.06 * math.sin(since * 9))
            pose = _arms(
                replace(pose, lean=pose.lean + 3 * within, head=pose.head - 4 * within),
                thrust,
                (90, 2, 0),
                (-18, 40, 0),
            )
        case "recoil":
            shock = settle(since / 0.25) * (1 - 0.55 * smooth((since - 0.5) / 0.8))
            pose = _arms(
                replace(pose, lean=pose.lean - 14 * shock, head=pose.head - 7 * shock),
                shock,
                (74, 84, -30),
                (60, 92, -20),
            )
        case "weep":
            sob = within * math.sin(since * 11 + phase) * (0.6 + 0.4 * math.sin(since * 2.3))
            pose = replace(
                pose,
                lean=pose.lean + 7 * within + sob * 1.2,
                head=pose.head + 13 * within + sob * 2.2,
            )
            pose = _arms(
                replace(
                    pose,
                    look=mixed(pose.look, replace(LOOKS["sorrow"], tears=1.0, lid=0.3), within),
                ),
                within,
                (54, 106, 20 + sob * 5),
            )
        case "strike":
            lift = envelope(at, action.start, action.start + span * 0.5, span * 0.3, span * 0.12)
            slash = envelope(at, action.start + span * 0.38, action.end, span * 0.1, span * 0.4)
            pose = _arms(replace(pose, lean=pose.lean - 9 * lift), lift, (168, 40, 20), (30, 60, 0))
            pose = _arms(
                replace(pose, lean=pose.lean + 15 * slash), slash, (62, 4, -8), (-40, 20, 0)
            )
        case "fall":
            drop = smooth(since / min(span, 0.8)) ** 1.6
            forward = math.copysign(
                FALL * drop, pose.facing
            )  # so that the body comes to lie about where it stood
            pose = replace(
                pose,
                topple=max(pose.topple, 84 * drop),
                head=pose.head - 10 * drop,
                x=pose.x + forward,
            )
            pose = _arms(pose, drop, (34, 20, 0), (-20, 14, 0))
        case "drift":
            held = smooth(since / 0.6)
            pose = replace(
                pose,
                y=pose.y + held * (20 + 9 * math.sin(at * 1.7 + phase)),
                lean=pose.lean - 5 * held,
            )
            pose = _arms(pose, held * 0.6, (34, 14, -20), (-30, 12, -10))
        case "vanish":
            gone = smooth(since / span)
            pose = replace(pose, alpha=pose.alpha * (1 - gone), y=pose.y + 26 * gone)
        case "turn":
            pose = replace(pose, head=pose.head - 4 * within)
    return pose


def _speaking(pose: Pose, placement: Placement, shot: Shot, at: float, phase: float) -> Pose:
    """Who speaks nods with the words and lets a hand speak along; who does not, listens."""
    for cue in shot.cues:
        if cue.role_id == placement.role_id and cue.start - 0.2 <= at <= cue.end + 0.3:
            share = envelope(at, cue.start - 0.2, cue.end + 0.3)
            beat = math.sin(at * 5.3 + phase) * 0.6 + math.sin(at * 8.1 + phase * 2) * 0.4
            front, back = pose.shoulder
            elbow, other = pose.elbow
            pose = replace(pose, head=pose.head + beat * 2.4 * share, lean=pose.lean + 1.6 * share)
            if placement.prop is None and pose.topple < 1:
                raise_arm = share * (0.5 + 0.5 * math.sin(at * 1.9 + phase))
                pose = replace(
                    pose,
                    shoulder=(front + 9 * raise_arm, back),
                    elbow=(elbow + 30 * raise_arm + 4 * beat * share, other),
                )
    return pose
