"""From an idea to a finished Cut, step by step.

Each step can be called alone (``make_outline``, ``make_script``, ``make_storyboard``), so that a
person can look at what it made, change it as data, and go on from there; ``make_episode`` does all
that is left to do. Every step stores what it makes under the digest of its inputs: what was made is
not made again, in this run or in any other that shares the store.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from generation import boarding, cut, voice
from generation.boarding import Format
from generation.providers import TextProvider
from generation.rendering import Cancelled, MarkPlan, file_digest, plan_shots, render_shots
from generation.sound import mix as mixing
from generation.sound.loudness import integrated, true_peak
from generation.store import Store
from generation.story import by_model, planner, writer
from generation.story.soundness import ensure_sound
from generation.story.types import Genre, Language, Outline, Reading, Script
from generation.storyboard import Storyboard
from generation.typeface import find_face
from generation.values import from_json
from generation.voice import Speech
from generation.voices import Voices, read_wave, write_wave
from moderation.labels import explicit_mark, produced_by, producer_or_test

__all__ = [
    "Cancelled",
    "Episode",
    "Progress",
    "Settings",
    "make_episode",
    "make_outline",
    "make_script",
    "make_storyboard",
]

Step = Literal["outline", "script", "storyboard", "voice", "shots", "mix", "cut"]
_MARK_SECONDS = 4.0


@dataclass(frozen=True)
class Settings:
    """What is asked for. ``language`` and ``genre`` None: those of the idea. ``producer`` is the
    provider code of 27 characters, None the test operator's. ``var`` is where the merged typeface
    is kept. ``provider`` writes outline and script instead of the offline engine."""

    seconds: float = 60.0
    seed: int = 0
    style: Literal["ink"] = "ink"
    language: Language | None = None
    genre: Genre | None = None
    picture: Format = field(default_factory=Format)
    workers: int = 2
    producer: str | None = None
    var: Path = Path("var")
    provider: TextProvider | None = None


@dataclass(frozen=True)
class Progress:
    """Where the work stands: ``done`` of ``total`` within ``step``; ``artefact`` is what was just
    made, if it is a file to show (a shot's poster, the finished film)."""

    step: Step
    done: int
    total: int
    note: str = ""
    artefact: Path | None = None


@dataclass(frozen=True)
class Episode:
    """A finished Cut and how it came about. ``digests`` are the artefacts' keys by step; ``sha256``
    is of the file's bytes.
    ``silent`` lists lines that the voice could not speak."""

    path: Path
    sha256: str
    board: Storyboard
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
    reading: Reading = field(default_factory=Reading)
    rendered: int = 0
    posters: tuple[Path, ...] = ()


def _nothing(progress: Progress) -> None:
    return None


def _never() -> bool:
    return False


def make_outline(idea: str, settings: Settings, store: Store) -> Outline:
    """Plan an episode. Raises ``UnsuitableIdea`` (a ``ValueError``) when the idea cannot be planned
    from.
    """
    inputs = {
        "idea": idea, "seconds": float(settings.seconds), "seed": settings.seed, "language": settings.language,
        "genre": settings.genre, "provider": settings.provider.name if settings.provider else None,
    }  # fmt: skip
    key = Store.key("outline", planner.VERSION, _cleaned(inputs))
    stored = store.get_json(key)
    if stored is not None:
        return from_json(Outline, stored)
    if settings.provider is not None:
        outline = by_model.make_outline(
            idea,
            settings.provider,
            seconds=settings.seconds,
            seed=settings.seed,
            language=settings.language,
        )
    else:
        outline = planner.make_outline(
            idea,
            seconds=settings.seconds,
            seed=settings.seed,
            language=settings.language,
            genre=settings.genre,
        )
    store.put_json(key, outline)
    return outline


def make_script(outline: Outline, settings: Settings, store: Store) -> Script:
    """Write the script of an outline, timed by the voices that will speak it. ``ValueError`` for
    one that cannot be.
    """
    ensure_sound(outline)
    with Voices(store) as voices:
        return _make_script(outline, settings, store, voices)


def make_storyboard(script: Script, settings: Settings, store: Store) -> Storyboard:
    """Lay out a script in shots. ``ValueError`` for a script that is not sound."""
    ensure_sound(script)
    with Voices(store) as voices:
        return _make_storyboard(script, settings, store, voices)


def _make_script(outline: Outline, settings: Settings, store: Store, voices: Voices) -> Script:
    inputs = {
        "outline": outline,
        "voice": voice.VERSION,
        "provider": settings.provider.name if settings.provider else None,
    }
    key = Store.key("script", writer.VERSION, inputs)
    stored = store.get_json(key)
    if stored is not None:
        return from_json(Script, stored)

    def measure(speech: Speech) -> float:
        return voices.spoken(speech).seconds

    if settings.provider is not None and outline.premise is None:
        script = by_model.write_script(outline, settings.provider, measure)
    else:
        script = writer.write_script(outline, measure)
    store.put_json(key, script)
    return script


def _make_storyboard(
    script: Script, settings: Settings, store: Store, voices: Voices
) -> Storyboard:
    key = Store.key(
        "storyboard",
        boarding.VERSION,
        {"script": script, "picture": settings.picture, "voice": voice.VERSION},
    )
    stored = store.get_json(key)
    if stored is not None:
        return from_json(Storyboard, stored)
    board = boarding.make_board(script, voices.spoken, settings.picture)
    store.put_json(key, board)
    return board


@dataclass
class _Clock:
    """Seconds spent in each step."""

    timings: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    def lap(self, step: Step) -> None:
        now = time.perf_counter()
        self.timings[step] = round(self.timings.get(step, 0.0) + now - self._since, 3)
        self._since = now


def make_episode(
    source: str | Outline | Script | Storyboard,
    settings: Settings,
    store: Store,
    on_progress: Callable[[Progress], None] = _nothing,
    cancelled: Callable[[], bool] = _never,
) -> Episode:
    """Make a playable Cut from an idea, or from whatever a person has brought as far as outline,
    script or board.

    Raises ``ValueError`` for a source that cannot be made, ``Cancelled`` soon after ``cancelled()``
    turns true,
    ``generation.typeface.NoFace`` without a typeface, ``RenderError`` when drawing fails. What was finished
    stays in the store, so the next call goes on from there.
    """
    clock = _Clock()
    producer = producer_or_test(settings.producer)
    outline: Outline | None = None
    script: Script | None = None
    with Voices(store) as voices:
        if isinstance(source, str):
            source = outline = make_outline(source, settings, store)
            clock.lap("outline")
            on_progress(Progress("outline", 1, 1, outline.title))
        _stop_if(cancelled)
        if isinstance(source, Outline):
            outline = source
            source = script = _make_script(source, settings, store, voices)
            clock.lap("script")
            on_progress(Progress("script", 1, 1, script.title))
        _stop_if(cancelled)
        if isinstance(source, Script):
            script = source
            board = _make_storyboard(source, settings, store, voices)
            clock.lap("storyboard")
        else:
            board = source
        on_progress(Progress("storyboard", len(board.shots), len(board.shots), board.title))
        speeches = _speeches(board)
        for done, speech in enumerate(speeches.values(), 1):
            _stop_if(cancelled)
            voices.spoken(speech)
            on_progress(Progress("voice", done, len(speeches), speech.text))
        silent = tuple(speech.text for speech in speeches.values() if voices.spoken(speech).silent)
        clock.lap("voice")

        face = find_face(settings.var)
        jobs = plan_shots(board, _mark(board), face)
        posters: list[Path] = []
        finished = rendered = 0

        def on_shot(job: object, poster: Path, fresh: bool) -> None:
            nonlocal finished, rendered
            finished += 1
            rendered += fresh
            posters.append(poster)
            on_progress(Progress("shots", finished, len(jobs), getattr(job, "id", ""), poster))

        render_shots(
            jobs,
            face=face,
            store=store,
            workers=settings.workers,
            on_shot=on_shot,
            on_frames=lambda done, total: on_progress(
                Progress("shots", finished, len(jobs), f"{done}/{total}")
            ),
            cancelled=cancelled,
        )
        clock.lap("shots")
        _stop_if(cancelled)
        mix_key = Store.key(
            "mix",
            mixing.VERSION,
            {"board": board, "voices": [Voices.key(speech) for speech in speeches.values()]},
        )
        mixed = store.obtain(
            mix_key,
            ".wav",
            lambda path: write_wave(
                path,
                mixing.mix(
                    board, {place: voices.sound(speech) for place, speech in speeches.items()}
                ),
            ),
        )
    sound = read_wave(mixed)
    clock.lap("mix")
    on_progress(Progress("mix", 1, 1))
    _stop_if(cancelled)

    shot_keys = [job.key for job in jobs]
    produce_id = Store.key("episode", 1, {"shots": shot_keys, "mix": mix_key})[:32]
    label = produced_by(str(producer), produce_id)
    cut_key = Store.key(
        "cut", cut.VERSION, {"shots": shot_keys, "mix": mix_key, "label": label.to_json()}
    )

    def join(path: Path) -> None:
        cut.join([store.path(key, ".mp4") for key in shot_keys], sound, label, board.fps, path)

    film = store.obtain(cut_key, ".mp4", join)
    clock.lap("cut")
    on_progress(Progress("cut", 1, 1, board.title, film))
    return Episode(
        path=film,
        sha256=hashlib.sha256(film.read_bytes()).hexdigest(),
        board=board,
        frames=sum(round(shot.duration * board.fps) for shot in board.shots),
        loudness=integrated(sound),
        peak=true_peak(sound),
        label=label.to_json(),
        produce_id=produce_id,
        test_operator=producer.is_test,
        digests={"shots": shot_keys, "mix": mix_key, "cut": cut_key, "face": file_digest(face)},
        timings=clock.timings,
        silent=silent,
        outline=outline,
        script=script,
        reading=outline.reading if outline else Reading(),
        rendered=rendered,
        posters=tuple(store.path(key, ".jpg") for key in shot_keys),
    )


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled


def _cleaned(inputs: dict[str, object]) -> dict[str, object]:
    """Inputs without lone surrogates, which have no UTF-8 and no meaning."""
    return {
        name: value.encode("utf-8", "ignore").decode("utf-8") if isinstance(value, str) else value
        for name, value in inputs.items()
    }


def _speeches(board: Storyboard) -> dict[tuple[int, int], Speech]:
    """What is to be spoken at each cue, by (index of the shot, index in the shot)."""
    roles = {role.id: role for role in board.roles}
    found = {}
    for at, shot in enumerate(board.shots):
        for number, cue in enumerate(shot.cues):
            if cue.role_id is not None and cue.role_id not in roles:
                raise ValueError(f"shot {shot.id}: there is no role {cue.role_id!r}")
            role = roles[cue.role_id] if cue.role_id is not None else None
            found[at, number] = Speech(
                cue.text,
                board.language,
                role.figure if role else None,
                cue.emotion,
                role.voice_pitch if role else 1.0,
                role.voice_speed if role else 1.0,
            )
    return found


def _mark(board: Storyboard) -> MarkPlan:
    """The explicit label, from the first frame to the end of the shot in which its time is up."""
    end = 0.0
    for shot in board.shots:
        end += shot.duration
        if end >= _MARK_SECONDS:
            break
    lawful = explicit_mark(
        board.width, board.height, board.language, seconds=max(end, _MARK_SECONDS)
    )
    return MarkPlan(
        lawful.text,
        lawful.start,
        round(lawful.end, 6),
        float(lawful.height_px),
        lawful.corner,
        float(lawful.margin_px),
    )
