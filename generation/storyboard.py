"""The storyboard: what the planner writes and the stage draws.

Everything here is a frozen value that goes to JSON and back without loss, because an artefact
is stored under the digest of the values that it was made from. Times are seconds from the start
of their shot. Places on the stage are fractions: x 0 is the left edge, 1 the right; y 0 is the
ground line, 1 the top of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Emotion = Literal["calm", "joy", "sorrow", "anger", "fear", "surprise", "love", "resolve"]
Figure = Literal[
    "lady",
    "maid",
    "scholar",
    "general",
    "official",
    "elder",
    "crone",
    "monk",
    "child",
    "ghost",
    "fox",
    "girl",
    "beast",
    "dragon",
    "robot",
]
Robe = Literal["crimson", "indigo", "jade", "ivory", "ink", "plum", "ochre"]
Location = Literal[
    "lakeside",
    "pavilion",
    "courtyard",
    "study",
    "bridge",
    "mountain",
    "temple",
    "forest",
    "street",
    "graveyard",
    "river",
    "gate",
    "curtain",
]
Hour = Literal["dawn", "day", "dusk", "night"]
Weather = Literal["clear", "mist", "rain", "snow", "petals", "wind"]
Framing = Literal["wide", "medium", "close", "extreme"]
CameraMove = Literal["hold", "push", "pull", "pan_left", "pan_right", "rise", "shake", "breathe"]
Verb = Literal[
    "stand",
    "enter",
    "exit",
    "walk",
    "turn",
    "bow",
    "kneel",
    "reach",
    "recoil",
    "point",
    "weep",
    "give",
    "strike",
    "fall",
    "drift",
    "vanish",
]
Prop = Literal["umbrella", "lantern", "letter", "sword", "jade", "fan", "cup", "mirror", "flute"]
Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]
Viseme = Literal["rest", "closed", "open", "wide", "round", "teeth"]


@dataclass(frozen=True)
class Role:
    """One puppet of the cast and the voice behind it."""

    id: str
    name: str
    figure: Figure
    robe: Robe
    voice_pitch: float = 1.0  # ratio to the voice's own pitch
    voice_speed: float = 1.0


@dataclass(frozen=True)
class Setting:
    """Where and when a shot stands. Shots with equal settings share one baked background."""

    place: Location
    hour: Hour
    weather: Weather


@dataclass(frozen=True)
class Placement:
    """A puppet as it stands when the shot begins. ``facing`` is 1 to the right, -1 to the left.

    ``placard`` is the name of a thing without a prop, written on a placard in the hand.
    """

    role_id: str
    x: float
    facing: Literal[-1, 1]
    emotion: Emotion = "calm"
    prop: Prop | None = None
    placard: str = ""


@dataclass(frozen=True)
class Action:
    """Something a puppet does between two times; ``to_x`` only for verbs that move it."""

    role_id: str
    verb: Verb
    start: float
    end: float
    to_x: float | None = None
    emotion: Emotion | None = None  # held from ``start`` on


@dataclass(frozen=True)
class Mouth:
    """One mouth shape from ``start`` on, until the next."""

    start: float
    shape: Viseme


@dataclass(frozen=True)
class Cue:
    """A spoken line in time. ``role_id`` None is the storyteller. ``text`` is the burnt-in
    subtitle.
    """

    role_id: str | None
    text: str
    start: float
    end: float
    emotion: Emotion = "calm"
    mouths: tuple[Mouth, ...] = ()


@dataclass(frozen=True)
class Camera:
    """``subject`` names the role the camera looks at; None frames the whole set."""

    framing: Framing
    move: CameraMove = "hold"
    subject: str | None = None


@dataclass(frozen=True)
class Card:
    """Words on the picture that nobody speaks: a title with its seal, or the cliffhanger's line."""

    text: str
    seal: str = ""  # one to four characters, cut in cinnabar
    start: float = 0.0
    end: float = 3.0
    kind: Literal["title", "ending"] = "title"


@dataclass(frozen=True)
class Shot:
    """One continuous picture. ``duration`` in seconds, a whole number of frames at the board's
    fps.
    """

    id: str
    duration: float
    setting: Setting
    camera: Camera
    placements: tuple[Placement, ...] = ()
    actions: tuple[Action, ...] = ()
    cues: tuple[Cue, ...] = ()
    card: Card | None = None
    summary: str = ""  # one line for the storyboard page
    beat: str = ""  # the story operator that it plays: the music follows it, the picture does not
    tension: float = 0.0  # 0 calm – 1 breaking
    board: str = ""  # a place's name, on a board that hangs into the picture


@dataclass(frozen=True)
class Storyboard:
    """A whole episode, ready to draw. ``seed`` decides every choice that the story leaves open.

    ``music`` is the music's level against the usual one, 0 (none) to 2.
    """

    title: str
    language: Literal["zh", "en"]
    style: Literal["ink"]
    seed: int
    roles: tuple[Role, ...]
    shots: tuple[Shot, ...]
    width: int = 720
    height: int = 1280
    fps: int = 24
    music: float = 1.0

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return sum(shot.duration for shot in self.shots)


@dataclass(frozen=True)
class Mark:
    """The explicit label that says that AI made the film.

    ``start`` and ``end`` are seconds of the episode; ``height_px`` is the least ink height of its
    lowest character and ``margin`` the distance from the edges, both in pixels of the frame.
    """

    text: str
    start: float
    end: float
    height_px: float
    corner: Corner = "top_left"
    margin: float = 72.0
