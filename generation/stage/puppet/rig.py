"""The jointed puppet: recorded parts put together at a pose, with what swings behind."""

from __future__ import annotations

import math
from dataclasses import dataclass

import skia

from generation.stage.brush import curve, fill, line, shine, smooth_path, stroke
from generation.stage.camera import GROUND
from generation.stage.motion import clamp, phase_of, wander
from generation.stage.palette import CINNABAR, GOLD, INK, blend
from generation.stage.puppet import hair
from generation.stage.puppet.body import Body, make_body
from generation.stage.puppet.face import draw_face
from generation.stage.puppet.figures import BUILDS, FOREARM, HIP, NECK, TALL, UPPER_ARM, Build
from generation.stage.puppet.material import Material, record
from generation.stage.puppet.pose import SUNK, Pose
from generation.stage.puppet.props import draw_prop, make_prop
from generation.storyboard import Hour, Prop, Role

AURA = (176, 220, 214)  # the cold light around a ghost
GHOSTLY = 0.74  # how much of a ghost is there


@dataclass(frozen=True)
class Lag:
    """How far what hangs trails behind the body, in degrees."""

    body: float
    front: float
    back: float
    head: float


def lag_between(now: Pose, before: Pose) -> Lag:
    """Return the lag that the movement from ``before`` (about 0.14 s ago) to ``now`` leaves."""
    drag = clamp((now.x - before.x) * (1 if now.facing >= 0 else -1) * 0.85, -26, 26)
    fronts = (now.shoulder[0] + now.elbow[0]) - (before.shoulder[0] + before.elbow[0])
    backs = (now.shoulder[1] + now.elbow[1]) - (before.shoulder[1] + before.elbow[1])
    return Lag(
        body=drag + clamp((now.lean - before.lean) * 0.8, -12, 12),
        front=drag + clamp(fronts * 0.55, -34, 34),
        back=drag + clamp(backs * 0.55, -34, 34),
        head=drag * 0.8 + clamp((now.head + now.lean - before.head - before.lean) * 1.5, -24, 24),
    )


class Puppet:
    """One role's puppet, made for an hour's light. Parts are recorded once; ``draw`` puts them at a
    pose.
    """

    def __init__(self, role: Role, hour: Hour, seed: int) -> None:
        self.role = role
        self.build: Build = BUILDS[role.figure]
        self.material = Material.of(role.robe, hour)
        self.phase = phase_of(seed, role.id, "swing")
        self.size = self.build.height * TALL
        self._props: dict[Prop, skia.Picture] = {}
        self._placard: skia.Picture | None = None
        self._body: Body = make_body(self.material, self.build)
        self._head_behind = record(
            lambda canvas: hair.draw_behind(canvas, self.material, self.build)
        )
        self._head_over = record(lambda canvas: hair.draw_over(canvas, self.material, self.build))
        self._mane = (
            record(lambda canvas: hair.draw_mane(canvas, self.material, self.build))
            if self.build.hair in hair.MANES
            else None
        )
        self._beard = (
            record(lambda canvas: hair.draw_beard(canvas, self.material, self.build))
            if self.build.beard != "none"
            else None
        )

    def draw(
        self,
        canvas: skia.Canvas,
        pose: Pose,
        lag: Lag,
        at: float,
        prop: Prop | None,
        placard: skia.Picture | None = None,
    ) -> None:
        """Draw the puppet onto a canvas in stage units, with what it holds."""
        self._placard = placard
        alpha = pose.alpha * (GHOSTLY if self.role.figure == "ghost" else 1.0)
        if alpha < 0.01:
            return
        self._shadow(canvas, pose)
        if self.role.figure == "ghost":
            place = (pose.x, GROUND - pose.y - 260 * self.size)
            shine(canvas, place, 330, AURA, 0.34 * pose.alpha)
        canvas.save()
        canvas.translate(pose.x, GROUND - pose.y)
        if pose.topple:
            canvas.rotate(-pose.topple * (1 if pose.facing >= 0 else -1))
        turn = pose.facing if abs(pose.facing) > 0.1 else math.copysign(0.1, pose.facing)
        canvas.scale(turn * self.size, self.size)
        layered = alpha < 0.995
        if layered:
            canvas.saveLayerAlpha(skia.Rect(-330, -650, 330, 60), round(alpha * 255))
        self._put_together(canvas, pose, lag, at, prop)
        if layered:
            canvas.restore()
        canvas.restore()

    def _shadow(self, canvas: skia.Canvas, pose: Pose) -> None:
        if self.role.figure == "ghost":  # casts none
            return
        wide = 96 * self.size * (1 + pose.topple / 90 * 1.3)
        place = (pose.x - pose.facing * pose.topple * 2.0, GROUND + 3)
        shine(canvas, place, wide, INK, 0.8 * pose.alpha * max(0.2, 1 - pose.y / 60), 0.13)

    def _put_together(
        self, canvas: skia.Canvas, pose: Pose, lag: Lag, at: float, prop: Prop | None
    ) -> None:
        sunk = pose.kneel * SUNK
        step = math.sin(pose.stride) * pose.walking
        if self.role.figure == "fox":
            self._tails(canvas, at, lag, sunk)
        lean = pose.lean + self.build.stoop
        hip = -HIP + sunk - pose.breath * 1.1
        if self._mane is not None:
            self._upon_neck(canvas, hip, lean, pose)
            canvas.translate(-24, -18)
            canvas.rotate(
                -(lean * 0.5 + pose.head) * 0.85 + lag.head * 0.7 + wander(at, self.phase, 0.9) * 3
            )
            canvas.drawPicture(self._mane)
            canvas.restore()
        self._arm(canvas, pose, lag, hip, lean, at, None, back=True)
        self._legs(canvas, pose, lag, step, hip, at)
        canvas.save()
        canvas.translate(0, hip)
        canvas.rotate(lean)
        canvas.drawPicture(self._body.trunk)
        canvas.drawPicture(self._body.collar)
        canvas.restore()
        self._head(canvas, pose, lag, hip, lean, at)
        self._arm(canvas, pose, lag, hip, lean, at, prop, back=False)

    def _legs(
        self, canvas: skia.Canvas, pose: Pose, lag: Lag, step: float, hip: float, at: float
    ) -> None:
        if self.build.cut != "shroud" and pose.kneel < 0.5:
            for side in (-1, 1):
                canvas.save()
                canvas.translate(
                    -4 + side * (14 + 26 * step),
                    -8 - max(0.0, side * math.cos(pose.stride)) * 9 * pose.walking,
                )
                canvas.drawPicture(self._body.foot)
                canvas.restore()
        canvas.save()
        canvas.translate(0, hip)
        canvas.scale(1 + 0.3 * pose.kneel, 1 - 0.41 * pose.kneel)
        sway = wander(at, self.phase, 0.8) * 0.9
        canvas.rotate(lag.body * 0.32 + step * 2.2 + sway)
        canvas.drawPicture(self._body.skirt)
        canvas.rotate(lag.body * 0.4 - step * 4.5 + wander(at, self.phase + 1, 1.3) * 1.6)
        canvas.drawPicture(self._body.apron)
        canvas.restore()

    def _upon_neck(self, canvas: skia.Canvas, hip: float, lean: float, pose: Pose) -> None:
        """Save the canvas and move it to the neck's joint, in head units."""
        canvas.save()
        canvas.translate(0, hip)
        canvas.rotate(lean)
        canvas.translate(5, HIP - NECK - pose.breath * 0.7)
        canvas.rotate(pose.head - lean * 0.5)
        canvas.scale(self.build.head, self.build.head)

    def _head(
        self, canvas: skia.Canvas, pose: Pose, lag: Lag, hip: float, lean: float, at: float
    ) -> None:
        tilt = lean * 0.5 + pose.head
        self._upon_neck(canvas, hip, lean, pose)
        for index, dangle in enumerate(hair.DANGLES[self.build.hair]):
            if dangle.behind:
                self._dangle(canvas, dangle, index, tilt, lag, at)
        canvas.drawPicture(self._head_behind)
        draw_face(
            canvas, self.material, self.build, pose.look, pose.feeling, pose.lips, pose.blink, at
        )
        if self._beard is not None:
            canvas.save()
            canvas.translate(34, -6 + max(pose.lips.open, pose.look.jaw) * 5)
            canvas.rotate(-tilt * 0.7 + lag.head * 0.6 + wander(at, self.phase + 5, 1.1) * 2)
            canvas.drawPicture(self._beard)
            canvas.restore()
        canvas.drawPicture(self._head_over)
        if self.build.hair in ("cloud_bun", "twin_buns", "fox", "headband"):
            self._earring(canvas, tilt, lag, at)
        for index, dangle in enumerate(hair.DANGLES[self.build.hair]):
            if not dangle.behind:
                self._dangle(canvas, dangle, index, tilt, lag, at)
        canvas.restore()

    def _earring(self, canvas: skia.Canvas, tilt: float, lag: Lag, at: float) -> None:
        canvas.save()
        canvas.translate(-6, -25)
        canvas.rotate(-tilt + lag.head * 1.2 + wander(at, self.phase + 7, 2.2) * 6)
        canvas.drawLine(0, 0, 0, 12, line(self.material.shaded(GOLD), 1.4))
        canvas.drawCircle(0, 15, 4, fill(INK))
        canvas.drawCircle(0, 15, 3, fill(self.material.shaded((98, 170, 138))))
        canvas.restore()

    def _dangle(
        self, canvas: skia.Canvas, dangle: hair.Dangle, index: int, tilt: float, lag: Lag, at: float
    ) -> None:
        swing = lag.head * 1.3 + wander(at, self.phase + index * 1.9, 1.7) * (
            7 if dangle.kind != "feather" else 3
        )
        canvas.save()
        canvas.translate(*dangle.at)
        if dangle.kind == "beads":
            canvas.rotate(-tilt + swing)
            canvas.drawLine(0, 0, 0, dangle.length, line(self.material.shaded(GOLD), 1.3))
            for step in range(3):
                y = dangle.length * (0.45 + step * 0.28)
                canvas.drawCircle(0, y, 3.5, fill(INK))
                canvas.drawCircle(
                    0,
                    y,
                    2.6,
                    fill(self.material.shaded((CINNABAR, hair.PEARL, (98, 170, 138))[step])),
                )
        elif dangle.kind == "ribbon":
            canvas.rotate(-tilt * 0.9)
            sway = math.sin(math.radians(swing)) * dangle.length
            way = [
                (0.0, 0.0),
                (-6 + sway * 0.25, dangle.length * 0.35),
                (-3 + sway * 0.6, dangle.length * 0.7),
                (-8 + sway, dangle.length),
            ]
            tone = self.material.dye.trim
            canvas.drawPath(stroke(way, 6, 9, 8), line(INK, 2.6))
            canvas.drawPath(stroke(way, 6, 9, 8), fill(tone))
        else:  # a pheasant's feather: a long bow with bars
            canvas.rotate(-tilt * 0.3 - swing)
            bow = math.sin(math.radians(swing)) * 40
            way = [
                (0.0, 0.0),
                (-26, -dangle.length * 0.42),
                (-84 + bow * 0.5, -dangle.length * 0.72),
                (-150 + bow, -dangle.length * 0.52),
            ]
            if index:
                way = [(x * 0.8 + 12, y * 1.06) for x, y in way]
            feather = stroke(way, 4, 7.5, 0.8)
            canvas.drawPath(feather, line(INK, 2.0))
            canvas.drawPath(feather, fill(self.material.shaded((196, 112, 44))))
            bars = skia.Path()
            for x, y in curve(way)[2:-4:2]:
                bars.addCircle(x, y, 1.5)
            canvas.drawPath(bars, fill(self.material.through, 0.9))
        canvas.restore()

    def _arm(self, canvas: skia.Canvas, pose: Pose, lag: Lag, hip: float, lean: float, at: float,
             prop: Prop | None, *,
             back: bool) -> None:  # fmt: skip
        index = 1 if back else 0
        shoulder, elbow, wrist = pose.shoulder[index], pose.elbow[index], pose.wrist[index]
        trailing = lag.back if back else lag.front
        girth = self.build.girth
        canvas.save()
        canvas.translate(0, hip)
        canvas.rotate(lean)
        canvas.translate((19 if back else -9) * girth, -98 - pose.breath * 0.8)
        canvas.rotate(-shoulder)
        canvas.drawPicture(self._body.upper)
        canvas.translate(0, UPPER_ARM)
        canvas.rotate(-elbow)
        upright = shoulder + elbow - lean
        if self._body.drape is not None:
            canvas.save()
            canvas.translate(-5, FOREARM - 14)
            canvas.rotate(upright + trailing + wander(at, self.phase + index * 2, 1.1) * 2.5)
            canvas.drawPicture(self._body.drape)
            canvas.restore()
        canvas.save()
        canvas.translate(0, FOREARM)
        canvas.rotate(-wrist)
        if prop is not None:
            if prop not in self._props:
                self._props[prop] = make_prop(self.material, prop)
            draw_prop(
                canvas,
                self._props[prop],
                prop,
                upright + wrist,
                trailing * 0.5 + wander(at, self.phase + 9, 1.4) * 4,
            )
        if not back and self._placard is not None:
            canvas.save()
            canvas.translate(2, 14)
            canvas.rotate(upright + wrist)
            # Words are never seen from behind: the sheet turns back when the puppet is turned.
            canvas.scale((1 if pose.facing >= 0 else -1) / self.size, 1 / self.size)
            canvas.drawPicture(self._placard)
            canvas.restore()
        canvas.drawPicture(self._body.hand)
        canvas.restore()
        canvas.drawPicture(self._body.fore)
        canvas.restore()

    def _tails(self, canvas: skia.Canvas, at: float, lag: Lag, sunk: float) -> None:
        """Three bushy tails that never rest."""
        fur, tip = self.material.shaded((204, 98, 38)), self.material.shaded((252, 238, 218))
        for index in (2, 1, 0):
            swing = wander(at, self.phase + index * 1.7, 1.2) * 20 - lag.body * 1.4
            reach, rise = 142 - 34 * index, 6 + index * 70
            root = (-20.0, -176.0 + sunk)
            way = [
                root,
                (-reach * 0.62, -118 - rise * 0.30 + sunk * 0.6),
                (-reach * 1.06 - 20, -150 - rise * 0.9 + swing * 0.5 + sunk * 0.5),
                (-reach * 0.86 - 28 + swing * 0.4, -210 - rise * 1.25 + swing + sunk * 0.5),
                (-reach * 1.0 - 52 + swing, -256 - rise * 1.5 + swing * 1.3 + sunk * 0.5),
            ]
            tail, brush = _bushy(curve(way, 8), 0.0), _bushy(curve(way, 8), 0.76)
            canvas.drawPath(tail, line(self.material.light.rim, 6, 0.5))
            canvas.drawPath(tail, fill(blend(fur, INK, 0.12 * index)))
            canvas.drawPath(brush, fill(tip))
            canvas.drawPath(tail, line(INK, 1.9))
            hairs = skia.Path()
            for shift in (-0.45, 0.0, 0.4):
                hairs.addPath(
                    smooth_path([(x + shift * 18, y + shift * 9) for x, y in curve(way, 8)[9:26:4]])
                )
            canvas.drawPath(hairs, line(self.material.through, 1.1, 0.55))


def _bushy(middle: list[tuple[float, float]], start: float) -> skia.Path:
    """Return the outline of a fox's tail along ``middle`` from the share ``start`` on: slender,
    full, pointed, tufted.
    """
    count = len(middle)
    left, right = [], []
    for index in range(int(start * count), count):
        t = index / (count - 1)
        x, y = middle[index]
        ahead, behind = middle[min(count - 1, index + 1)], middle[max(0, index - 1)]
        dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
        length = math.hypot(dx, dy) or 1.0
        half = (4 + 20 * math.sin(min(1.0, t * 1.25) ** 1.5 * math.pi * 0.82)) * (
            1 - max(0.0, t - 0.82) / 0.18 * 0.94
        )
        tuft = 1 + (0.13 if index % 3 == 0 else -0.04)
        left.append((x - dy / length * half * tuft, y + dx / length * half * tuft))
        right.append((x + dy / length * half * tuft, y - dx / length * half * tuft))
    if start > 0:  # the white tip begins in points
        left.insert(0, middle[int(start * count) + 3])
    return smooth_path([*left, *reversed(right)], closed=True)
