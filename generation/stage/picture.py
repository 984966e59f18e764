"""One frame: set, actors, weather, words and mark laid over each other; and a shot as a film or a
still.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from statistics import fmean

import numpy as np
import skia
from PIL import Image

from generation.stage.brush import Pixels, shine
from generation.stage.camera import GROUND, HEIGHT, WIDTH, Subject, View, view_at
from generation.stage.cards import CardPicture, mark_picture
from generation.stage.film import write_film
from generation.stage.lettering import Page, Typeface, subtitle
from generation.stage.motion import smooth, wander
from generation.stage.palette import INK, LAMP, argb
from generation.stage.placards import board_picture, placard_picture
from generation.stage.puppet import Puppet, pose_at
from generation.stage.puppet.figures import BUILDS
from generation.stage.puppet.pose import eyes_of
from generation.stage.puppet.rig import lag_between
from generation.stage.sets import Baked, bake
from generation.stage.weather import draw_weather
from generation.storyboard import Mark, Placement, Shot, Storyboard

SWING_SECONDS = 0.14  # seconds that what hangs trails behind
FOLLOW = (0.0, 0.2, 0.4)  # seconds ago; the camera looks at the mean
FADE_SECONDS = 0.2  # seconds of wash at both ends of a shot
MAX_DARKNESS = 0.5


class Stage:
    """Draws the frames of one storyboard.

    ``typeface`` is a file from ``find_typeface``; ``mark`` the explicit label, or None for frames
    that get theirs elsewhere. Raises ``ValueError`` if the typeface cannot be read or the mark does
    not fit.
    """

    def __init__(self, board: Storyboard, *, typeface: Path, mark: Mark | None) -> None:
        self.board = board
        self._roles = {role.id: role for role in board.roles}
        self._typeface = read_typeface(typeface)
        self._scale = max(board.width / WIDTH, board.height / HEIGHT)
        self._mark = mark
        self._mark_picture = (
            mark_picture(self._typeface, mark, board.width, board.height)
            if mark is not None
            else None
        )
        self._puppets: dict[tuple[str, str], Puppet] = {}
        self._subtitles: dict[str, tuple[Page, ...]] = {}
        self._cards: dict[str, CardPicture] = {}
        self._placards: dict[str, skia.Picture] = {}
        self._boards: dict[str, skia.Picture] = {}
        self._pixels: Pixels = np.zeros((board.height, board.width, 4), np.uint8)
        self._behind: Pixels = np.empty_like(self._pixels)
        self._seen: tuple[Baked, View, bool] | None = None
        info = skia.ImageInfo.Make(
            board.width, board.height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType
        )
        self._surface = skia.Surface.MakeRasterDirect(info, self._pixels)

    def draw(self, shot: Shot, at: float, *, episode_at: float) -> Pixels:
        """Draw the frame ``at`` seconds into ``shot``, which is ``episode_at`` seconds into the
        episode.

        Returns (height, width, 4) uint8, BGRA, opaque: the order that the encoder takes without a
        copy. The array is the stage's own and is overwritten by the next call. Raises
        ``ValueError`` for a placement whose role the board does not know.
        """
        unknown = {placement.role_id for placement in shot.placements} - set(self._roles)
        if unknown:
            raise ValueError(
                f"shot {shot.id} places {', '.join(sorted(unknown))}, not among the board's roles"
            )
        canvas = self._surface.getCanvas()
        canvas.save()
        canvas.translate(self.board.width / 2, self.board.height / 2)
        canvas.scale(self._scale, self._scale)
        canvas.translate(-WIDTH / 2, -HEIGHT / 2)
        baked = bake(shot.setting, self.board.seed, round(self._scale, 4))
        view = view_at(shot.camera, self._subject(shot, at), at, shot.duration, self.board.seed)
        near = shot.camera.framing in ("close", "extreme")
        self._backdrop(canvas, baked, view, near)
        self._lamps(canvas, baked, view, at)
        draw_weather(canvas, shot.setting.weather, shot.setting.hour, view, at, before=False)
        self._board(canvas, shot, at)
        canvas.save()
        zoom, dx, dy = view.at_depth(1.0)
        canvas.translate(dx, dy)
        canvas.scale(zoom, zoom)
        # Whom the camera looks at stands in front.
        for placement in sorted(
            shot.placements, key=lambda placement: placement.role_id == shot.camera.subject
        ):
            self._actor(canvas, placement, shot, at)
        canvas.restore()
        for layer in baked.before:
            layer.draw(canvas, view, near)
        draw_weather(canvas, shot.setting.weather, shot.setting.hour, view, at, before=True)
        self._wash(canvas, shot, at)
        self._words(canvas, shot, at)
        canvas.restore()
        if (
            self._mark_picture is not None
            and self._mark is not None
            and self._mark.start <= episode_at < self._mark.end
        ):
            canvas.drawPicture(self._mark_picture)
        return self._pixels

    def _backdrop(self, canvas: skia.Canvas, baked: Baked, view: View, near: bool) -> None:
        """Draw the sheets behind the actors, or copy them from the frame before if the camera stood
        still.
        """
        if self._seen is None or self._seen[0] is not baked or self._seen[1:] != (view, near):
            for layer in baked.behind:
                layer.draw(canvas, view, near)
            np.copyto(self._behind, self._pixels)
            self._seen = (baked, view, near)
        else:
            np.copyto(self._pixels, self._behind)

    def _subject(self, shot: Shot, at: float) -> Subject | None:
        """Where the subject's eyes are, taken a little before as well so that the camera does not
        sob along.
        """
        for placement in shot.placements:
            if placement.role_id == shot.camera.subject:
                build = BUILDS[self._roles[placement.role_id].figure]
                poses = [
                    pose_at(placement, shot, max(0.0, at - ago), self.board.seed) for ago in FOLLOW
                ]
                eyes = [eyes_of(pose, build) for pose in poses]
                facing = sum(pose.facing for pose in poses) / len(poses)
                company = fmean(
                    pose_at(other, shot, at, self.board.seed).x for other in shot.placements
                )
                return Subject(
                    fmean(x for x, _ in eyes), GROUND - fmean(y for _, y in eyes), facing, company
                )
        return None

    def _actor(self, canvas: skia.Canvas, placement: Placement, shot: Shot, at: float) -> None:
        role = self._roles[placement.role_id]
        key = (role.id, shot.setting.hour)
        if key not in self._puppets:
            self._puppets[key] = Puppet(role, shot.setting.hour, self.board.seed)
        now = pose_at(placement, shot, at, self.board.seed)
        before = pose_at(placement, shot, max(0.0, at - SWING_SECONDS), self.board.seed)
        held = self._placard(placement.placard) if placement.placard else None
        self._puppets[key].draw(canvas, now, lag_between(now, before), at, placement.prop, held)

    def _placard(self, name: str) -> skia.Picture:
        if name not in self._placards:
            self._placards[name] = placard_picture(self._typeface, name, self.board.language)
        return self._placards[name]

    def _lamps(self, canvas: skia.Canvas, baked: Baked, view: View, at: float) -> None:
        for index, lamp in enumerate(baked.lamps):
            zoom, dx, dy = view.at_depth(lamp.depth)
            flicker = 0.9 + 0.1 * wander(at, index * 1.7, 4.0)
            place, radius = (lamp.x * zoom + dx, lamp.y * zoom + dy), lamp.radius * zoom * flicker
            shine(canvas, place, radius, LAMP, 0.62 * lamp.strength * flicker)

    def _board(self, canvas: skia.Canvas, shot: Shot, at: float) -> None:
        """Draw a place's board behind the actors: it hangs, and nothing hangs still."""
        if not shot.board:
            return
        if shot.board not in self._boards:
            self._boards[shot.board] = board_picture(
                self._typeface, shot.board, self.board.language
            )
        canvas.save()
        canvas.translate(math.sin(at * 1.1) * 2.2, 0)
        canvas.drawPicture(self._boards[shot.board])
        canvas.restore()

    def _wash(self, canvas: skia.Canvas, shot: Shot, at: float) -> None:
        """Let the shot come out of ink and go back into it."""
        dark = (
            max(
                1 - smooth(at / FADE_SECONDS),
                smooth((at - shot.duration + FADE_SECONDS) / FADE_SECONDS),
            )
            * MAX_DARKNESS
        )
        if dark > 0.01:
            canvas.drawColor(argb(INK, dark))

    def _words(self, canvas: skia.Canvas, shot: Shot, at: float) -> None:
        if shot.card is not None:
            if shot.id not in self._cards:
                self._cards[shot.id] = CardPicture(
                    self._typeface, shot.card, self.board.language, shot.setting.hour
                )
            self._cards[shot.id].draw(canvas, at)
        for cue in shot.cues:
            if cue.start <= at < cue.end and cue.text:
                if cue.text not in self._subtitles:
                    self._subtitles[cue.text] = subtitle(
                        self._typeface, cue.text, self.board.language
                    )
                share = (at - cue.start) / (cue.end - cue.start)
                for page in reversed(self._subtitles[cue.text]):
                    if share >= page.start:
                        canvas.drawPicture(page.picture)
                        break


@lru_cache(maxsize=4)
def read_typeface(path: Path) -> Typeface:
    """The typeface in a file, read once. Raises ``ValueError`` when it cannot be read."""
    return Typeface(path)


def render_shot(board: Storyboard, shot: Shot, *, typeface: Path, mark: Mark | None,
                starts_at: float, out: Path,
                on_frame: Callable[[int, int], None] | None = None) -> None:  # fmt: skip
    """Write ``shot`` as a video-only MP4 (H.264) of exactly ``round(duration * fps)`` frames.

    ``starts_at`` is where the shot begins in the episode, in seconds. Shots of one board share
    their codec parameters, so their packets can be joined. Raises ``ValueError`` for a shot without
    a whole frame.
    """
    count = round(shot.duration * board.fps)
    if count < 1:
        raise ValueError(
            f"shot {shot.id} is shorter than a frame: {shot.duration} s at {board.fps} fps"
        )
    stage = Stage(board, typeface=typeface, mark=mark)

    def frames() -> Iterator[Pixels]:
        for index in range(count):
            at = index / board.fps
            yield stage.draw(shot, at, episode_at=starts_at + at)

    write_film(
        frames(), count, width=board.width, height=board.height, fps=board.fps, out=out,
        on_frame=on_frame
    )  # fmt: skip


def still(board: Storyboard, shot: Shot, *, typeface: Path, mark: Mark | None = None,
          at: float | None = None,
          size: tuple[int, int] = (360, 640)) -> bytes:  # fmt: skip
    """One frame of ``shot`` as a JPEG of ``size`` (width, height) pixels: the middle of the shot,
    or ``at`` seconds in.

    Raises ``ValueError`` as ``Stage`` does.
    """
    from dataclasses import replace

    small = replace(board, width=size[0], height=size[1])
    when = shot.duration * 0.5 if at is None else at
    pixels = Stage(small, typeface=typeface, mark=mark).draw(shot, when, episode_at=when)
    data = BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[..., 2::-1])).save(data, "JPEG", quality=90)
    return data.getvalue()
