"""What is asked of a build, how it reports, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from generation.providers import TextProvider
from generation.story.facts.corrections import Correction
from generation.story.material import Kind
from generation.story.types import Genre, IdeaReading, Language, Outline, Script
from generation.storyboard import Storyboard
from generation.storyboarding import PictureFormat
from generation.voice import EngineName

StepName = Literal["outline", "script", "storyboard", "voice", "shots", "mix", "cut"]


@dataclass(frozen=True)
class Settings:
    """What is asked for.

    ``kind`` says how a text is taken, None by its form; ``pinned`` and ``struck`` are words of its
    sentences that are always told, or never; ``corrections`` are its maker's, of the
    facts read in it. ``seconds`` is the wanted length, 24 to
    120. ``language`` and ``genre`` None: those of the idea.
    ``provider`` writes outline and script instead of the offline engine. ``typeface`` is the file
    that titles and subtitles are drawn with (``typeface.find_typeface``); only ``make_episode``
    needs it. ``workers`` is the number of drawing processes. ``producer`` is the provider code of
    27 characters, None the test operator's. ``models`` is the model folder, ``voice`` the engine
    that speaks (``voice.open_engine``) and ``pronunciations`` the maker's own readings, word and
    reading.
    """

    seconds: float = 60.0
    seed: int = 0
    style: Literal["ink"] = "ink"
    language: Language | None = None
    genre: Genre | None = None
    picture: PictureFormat = field(default_factory=PictureFormat)
    workers: int = 2
    producer: str | None = None
    typeface: Path | None = None
    provider: TextProvider | None = None
    kind: Kind | None = None
    pinned: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    models: Path | None = None
    voice: EngineName = "auto"
    pronunciations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class StepProgress:
    """Where the work stands: ``done`` of ``total`` within ``step``, in what ``Step.counts`` says.

    ``note`` is for people, but in the step ``shots`` with an artefact it is the shot's id.
    ``artefact`` is what was just made, if it is a file to show: a shot's poster, the finished film.
    """

    step: StepName
    done: int
    total: int
    note: str = ""
    artefact: Path | None = None


@dataclass(frozen=True)
class RenderedEpisode:
    """A finished Cut and how it came about.

    ``sha256`` is of the file's bytes; ``digests`` are the artefacts' keys by step and the SHA-256
    of the typeface. ``loudness`` is in LUFS, ``peak`` in dBFS (true peak), ``timings`` in seconds
    by step. ``label`` is the implicit AI label as JSON, ``produce_id`` its id of 32 hex digits.
    ``silent`` lists lines that the voice could not speak. ``rendered`` counts the shots drawn in
    this run; the others were in the store. ``outline`` and ``script`` are None when the caller
    brought something later. ``voice`` is the engine that spoke.
    """

    path: Path
    sha256: str
    storyboard: Storyboard
    frames: int
    loudness: float
    peak: float
    label: str
    produce_id: str
    test_operator: bool
    digests: dict[str, str | list[str]]
    timings: dict[str, float]
    silent: tuple[str, ...] = ()
    outline: Outline | None = None
    script: Script | None = None
    reading: IdeaReading = field(default_factory=IdeaReading)
    rendered: int = 0
    posters: tuple[Path, ...] = ()
    voice: str = "formant"
