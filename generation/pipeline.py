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

from generation import cut, storyboarding, voice
from generation.providers import TextProvider
from generation.rendering import Cancelled, file_digest, list_shot_jobs, render_shots
from generation.sound import mix as mixing
from generation.sound.loudness import integrated_loudness, true_peak
from generation.store import Store
from generation.story import language_model, planner, writer
from generation.story.types import Genre, IdeaReading, Language, Outline, Script
from generation.story.validation import ensure_valid
from generation.storyboard import Mark, Storyboard
from generation.storyboarding import PictureFormat
from generation.typeface import find_typeface
from generation.values import from_json
from generation.voice import Utterance
from generation.voice_store import VoiceStore, read_wave, write_wave
from moderation.labels import explicit_mark, producer_label, producer_or_test

__all__ = [
    "Cancelled",
    "RenderedEpisode",
    "Settings",
    "StepProgress",
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
    picture: PictureFormat = field(default_factory=PictureFormat)
    workers: int = 2
    producer: str | None = None
    var: Path = Path("var")
    provider: TextProvider | None = None


@dataclass(frozen=True)
class StepProgress:
    """Where the work stands: ``done`` of ``total`` within ``step``; ``artefact`` is what was just
    made, if it is a file to show (a shot's poster, the finished film)."""

    step: Step
    done: int
    total: int
    note: str = ""
    artefact: Path | None = None


@dataclass(frozen=True)
class RenderedEpisode:
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
    reading: IdeaReading = field(default_factory=IdeaReading)
    rendered: int = 0
    posters: tuple[Path, ...] = ()


def _nothing(progress: StepProgress) -> None:
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
        outline = language_model.make_outline(
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
    ensure_valid(outline)
    with VoiceStore(store) as voices:
        return _make_script(outline, settings, store, voices)


def make_storyboard(script: Script, settings: Settings, store: Store) -> Storyboard:
    """Lay out a script in shots. ``ValueError`` for a script that is not sound."""
    ensure_valid(script)
    with VoiceStore(store) as voices:
        return _make_storyboard(script, settings, store, voices)


def _make_script(outline: Outline, settings: Settings, store: Store, voices: VoiceStore) -> Script:
    inputs = {
        "outline": outline,
        "voice": voice.VERSION,
        "provider": settings.provider.name if settings.provider else None,
    }
    key = Store.key("script", writer.VERSION, inputs)
    stored = store.get_json(key)
    if stored is not None:
        return from_json(Script, stored)

    def measure(utterance: Utterance) -> float:
        return voices.spoken(utterance).seconds

    if settings.provider is not None and outline.premise is None:
        script = language_model.write_script(outline, settings.provider, measure)
    else:
        script = writer.write_script(outline, measure)
    store.put_json(key, script)
    return script


def _make_storyboard(
    script: Script, settings: Settings, store: Store, voices: VoiceStore
) -> Storyboard:
    key = Store.key(
        "storyboard",
        storyboarding.VERSION,
        {"script": script, "picture": settings.picture, "voice": voice.VERSION},
    )
    stored = store.get_json(key)
    if stored is not None:
        return from_json(Storyboard, stored)
    board = storyboarding.make_storyboard(script, voices.spoken, settings.picture)
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
    on_progress: Callable[[StepProgress], None] = _nothing,
    cancelled: Callable[[], bool] = _never,
) -> RenderedEpisode:
    """Make a playable Cut from an idea, or from whatever a person has brought as far as outline,
    script or board.

    Raises ``ValueError`` for a source that cannot be made, ``Cancelled`` soon after ``cancelled()``
    turns true,
    ``generation.typeface.TypefaceNotFound`` without a typeface, ``RenderError`` when drawing fails. What was finished
    stays in the store, so the next call goes on from there.
    """
    clock = _Clock()
    producer = producer_or_test(settings.producer)
    outline: Outline | None = None
    script: Script | None = None
    with VoiceStore(store) as voices:
        if isinstance(source, str):
            source = outline = make_outline(source, settings, store)
            clock.lap("outline")
            on_progress(StepProgress("outline", 1, 1, outline.title))
        _stop_if(cancelled)
        if isinstance(source, Outline):
            outline = source
            source = script = _make_script(source, settings, store, voices)
            clock.lap("script")
            on_progress(StepProgress("script", 1, 1, script.title))
        _stop_if(cancelled)
        if isinstance(source, Script):
            script = source
            board = _make_storyboard(source, settings, store, voices)
            clock.lap("storyboard")
        else:
            board = source
        on_progress(StepProgress("storyboard", len(board.shots), len(board.shots), board.title))
        utterances = _utterances(board)
        for done, utterance in enumerate(utterances.values(), 1):
            _stop_if(cancelled)
            voices.spoken(utterance)
            on_progress(StepProgress("voice", done, len(utterances), utterance.text))
        silent = tuple(
            utterance.text for utterance in utterances.values() if voices.spoken(utterance).silent
        )
        clock.lap("voice")

        typeface = find_typeface(settings.var)
        jobs = list_shot_jobs(board, _mark(board), typeface)
        posters: list[Path] = []
        finished = rendered = 0

        def on_shot(job: object, poster: Path, fresh: bool) -> None:
            nonlocal finished, rendered
            finished += 1
            rendered += fresh
            posters.append(poster)
            on_progress(StepProgress("shots", finished, len(jobs), getattr(job, "id", ""), poster))

        render_shots(
            jobs,
            typeface=typeface,
            store=store,
            workers=settings.workers,
            on_shot=on_shot,
            on_frames=lambda done, total: on_progress(
                StepProgress("shots", finished, len(jobs), f"{done}/{total}")
            ),
            cancelled=cancelled,
        )
        clock.lap("shots")
        _stop_if(cancelled)
        mix_key = Store.key(
            "mix",
            mixing.VERSION,
            {
                "board": board,
                "voices": [VoiceStore.key(utterance) for utterance in utterances.values()],
            },
        )
        mixed = store.get_or_create(
            mix_key,
            ".wav",
            lambda path: write_wave(
                path,
                mixing.mix(
                    board,
                    {place: voices.sound(utterance) for place, utterance in utterances.items()},
                ),
            ),
        )
    sound = read_wave(mixed)
    clock.lap("mix")
    on_progress(StepProgress("mix", 1, 1))
    _stop_if(cancelled)

    shot_keys = [job.key for job in jobs]
    produce_id = Store.key("episode", 1, {"shots": shot_keys, "mix": mix_key})[:32]
    label = producer_label(str(producer), produce_id)
    cut_key = Store.key(
        "cut", cut.VERSION, {"shots": shot_keys, "mix": mix_key, "label": label.to_json()}
    )

    def join(path: Path) -> None:
        cut.join([store.path(key, ".mp4") for key in shot_keys], sound, label, board.fps, path)

    film = store.get_or_create(cut_key, ".mp4", join)
    clock.lap("cut")
    on_progress(StepProgress("cut", 1, 1, board.title, film))
    return RenderedEpisode(
        path=film,
        sha256=hashlib.sha256(film.read_bytes()).hexdigest(),
        board=board,
        frames=sum(round(shot.duration * board.fps) for shot in board.shots),
        loudness=integrated_loudness(sound),
        peak=true_peak(sound),
        label=label.to_json(),
        produce_id=produce_id,
        test_operator=producer.is_test,
        digests={
            "shots": shot_keys,
            "mix": mix_key,
            "cut": cut_key,
            "typeface": file_digest(typeface),
        },
        timings=clock.timings,
        silent=silent,
        outline=outline,
        script=script,
        reading=outline.reading if outline else IdeaReading(),
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


def _utterances(board: Storyboard) -> dict[tuple[int, int], Utterance]:
    """What is to be spoken at each cue, by (index of the shot, index in the shot)."""
    roles = {role.id: role for role in board.roles}
    found = {}
    for at, shot in enumerate(board.shots):
        for number, cue in enumerate(shot.cues):
            if cue.role_id is not None and cue.role_id not in roles:
                raise ValueError(f"shot {shot.id}: there is no role {cue.role_id!r}")
            role = roles[cue.role_id] if cue.role_id is not None else None
            found[at, number] = Utterance(
                cue.text,
                board.language,
                role.figure if role else None,
                cue.emotion,
                role.voice_pitch if role else 1.0,
                role.voice_speed if role else 1.0,
            )
    return found


def _mark(board: Storyboard) -> Mark:
    """The explicit label, from the first frame to the end of the shot in which its time is up."""
    end = 0.0
    for shot in board.shots:
        end += shot.duration
        if end >= _MARK_SECONDS:
            break
    lawful = explicit_mark(
        board.width, board.height, board.language, seconds=max(end, _MARK_SECONDS)
    )
    return Mark(
        lawful.text,
        lawful.start,
        round(lawful.end, 6),
        float(lawful.height_px),
        lawful.corner,
        float(lawful.margin_px),
    )
