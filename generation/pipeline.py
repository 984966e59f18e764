"""From an idea to a finished Cut, step by step.

``STEPS`` is the whole build at a glance: what each step reads, what it makes and what its progress
counts. Outline, script and storyboard can also be made alone (``make_outline``, ``make_script``,
``make_storyboard``), so that a person can look at one, change it as data, and go on from there;
``make_episode`` does all that is left to do. Every step stores what it makes under the digest of
its inputs: what was made is not made again, in this run or in any other that shares the store.
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
from generation.rendering import Cancelled, ShotJob, file_digest, list_shot_jobs, render_shots
from generation.sound import mix as mixing
from generation.sound.loudness import integrated_loudness, true_peak
from generation.store import Store
from generation.story import language_model, planner, writer
from generation.story.types import Genre, IdeaReading, Language, Outline, Script
from generation.story.validation import ensure_valid
from generation.storyboard import Mark, Storyboard
from generation.storyboarding import PictureFormat
from generation.values import from_json
from generation.voice import Utterance
from generation.voice_store import VoiceStore, read_wave, write_wave
from moderation.labels import ProducerCode, explicit_mark, producer_label, producer_or_test

__all__ = [
    "STEPS",
    "Cancelled",
    "RenderedEpisode",
    "Settings",
    "Step",
    "StepProgress",
    "make_episode",
    "make_outline",
    "make_script",
    "make_storyboard",
]

StepName = Literal["outline", "script", "storyboard", "voice", "shots", "mix", "cut"]
# The explicit label stands from the first frame at least so long (the rule in force, which
# ``moderation.labels`` holds, asks for less), and on to the end of the shot in which it is up.
_MIN_MARK_SECONDS = 4.0


@dataclass(frozen=True)
class Settings:
    """What is asked for.

    ``seconds`` is the wanted length, 24 to 120. ``language`` and ``genre`` None: those of the idea.
    ``provider`` writes outline and script instead of the offline engine. ``typeface`` is the file
    that titles and subtitles are drawn with (``typeface.find_typeface``); only ``make_episode``
    needs it. ``workers`` is the number of drawing processes. ``producer`` is the provider code of
    27 characters, None the test operator's.
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
    brought something later.
    """

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
        "idea": idea, "seconds": float(settings.seconds), "seed": settings.seed,
        "language": settings.language,
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
class _Build:
    """One run of ``make_episode``: what it was asked, and what its steps have made so far."""

    settings: Settings
    typeface: Path
    producer: ProducerCode
    store: Store
    voices: VoiceStore
    on_progress: Callable[[StepProgress], None]
    cancelled: Callable[[], bool]

    idea: str | None = None
    outline: Outline | None = None
    script: Script | None = None
    board: Storyboard | None = None
    utterances: dict[tuple[int, int], Utterance] | None = None  # by (shot, cue), indices from 0
    shots: tuple[ShotJob, ...] | None = None
    mix: str | None = None  # key of the WAV
    film: Path | None = None

    digests: dict[str, str | list[str]] = field(default_factory=dict)
    label: str = ""
    produce_id: str = ""
    rendered: int = 0

    def report(
        self, step: StepName, done: int, total: int, note: str = "", artefact: Path | None = None
    ) -> None:
        """Tell the caller how far a step has come."""
        self.on_progress(StepProgress(step, done, total, note, artefact))

    def stop_if_cancelled(self) -> None:
        """Raise ``Cancelled`` when the caller has asked to stop."""
        if self.cancelled():
            raise Cancelled

    @property
    def shot_keys(self) -> list[str]:
        """Keys of the drawn shots, in order."""
        return [job.key for job in self.shots or ()]


def _plan(build: _Build) -> None:
    assert build.idea is not None
    build.outline = make_outline(build.idea, build.settings, build.store)
    build.report("outline", 1, 1, build.outline.title)


def _write(build: _Build) -> None:
    assert build.outline is not None
    build.script = _make_script(build.outline, build.settings, build.store, build.voices)
    build.report("script", 1, 1, build.script.title)


def _lay_out(build: _Build) -> None:
    if build.board is None:
        assert build.script is not None
        build.board = _make_storyboard(build.script, build.settings, build.store, build.voices)
    count = len(build.board.shots)
    build.report("storyboard", count, count, build.board.title)


def _speak(build: _Build) -> None:
    assert build.board is not None
    build.utterances = _utterances(build.board)
    for done, utterance in enumerate(build.utterances.values(), 1):
        build.stop_if_cancelled()
        build.voices.spoken(utterance)
        build.report("voice", done, len(build.utterances), utterance.text)


def _draw(build: _Build) -> None:
    assert build.board is not None
    jobs = list_shot_jobs(build.board, _mark(build.board), build.typeface)
    finished = 0

    def on_shot(job: ShotJob, poster: Path, fresh: bool) -> None:
        nonlocal finished
        finished += 1
        build.rendered += fresh
        build.report("shots", finished, len(jobs), job.id, poster)

    def on_frames(done: int, total: int) -> None:
        build.report("shots", finished, len(jobs), f"{done}/{total}")

    render_shots(
        jobs,
        typeface=build.typeface,
        store=build.store,
        workers=build.settings.workers,
        on_shot=on_shot,
        on_frames=on_frames,
        cancelled=build.cancelled,
    )
    build.shots = jobs
    build.digests |= {"shots": build.shot_keys, "typeface": file_digest(build.typeface)}


def _mix(build: _Build) -> None:
    assert build.board is not None and build.utterances is not None
    board, voices, utterances = build.board, build.voices, build.utterances
    inputs = {
        "board": board,
        "voices": [VoiceStore.key(utterance) for utterance in utterances.values()],
    }
    build.mix = Store.key("mix", mixing.VERSION, inputs)

    def make(path: Path) -> None:
        sounds = {place: voices.sound(utterance) for place, utterance in utterances.items()}
        write_wave(path, mixing.mix(board, sounds))

    build.store.get_or_create(build.mix, ".wav", make)
    build.digests["mix"] = build.mix
    build.report("mix", 1, 1)


def _join(build: _Build) -> None:
    assert build.board is not None and build.mix is not None
    board, store, parts = build.board, build.store, {"shots": build.shot_keys, "mix": build.mix}
    build.produce_id = Store.key("episode", 1, parts)[:32]
    label = producer_label(str(build.producer), build.produce_id)
    build.label = label.to_json()
    key = Store.key("cut", cut.VERSION, {**parts, "label": build.label})
    sound = read_wave(store.path(build.mix, ".wav"))

    def make(path: Path) -> None:
        shots = [store.path(shot, ".mp4") for shot in build.shot_keys]
        cut.join(shots, sound, label, board.fps, path)

    build.film = store.get_or_create(key, ".mp4", make)
    build.digests["cut"] = key
    build.report("cut", 1, 1, board.title, build.film)


@dataclass(frozen=True)
class Step:
    """One step of the build: the fields of the build that it reads and the one that it fills.

    ``counts`` says what ``StepProgress.done`` and ``total`` number: the step as a whole (1 of 1),
    spoken lines, or shots. ``run`` reports the progress and raises ``Cancelled`` within a tenth of
    a second or a line's synthesis.
    """

    name: StepName
    inputs: tuple[str, ...]
    output: str
    counts: Literal["whole", "lines", "shots"]
    run: Callable[[_Build], None] = field(repr=False)


STEPS = (
    Step("outline", ("idea",), "outline", "whole", _plan),
    Step("script", ("outline",), "script", "whole", _write),
    Step("storyboard", ("script",), "board", "shots", _lay_out),
    Step("voice", ("board",), "utterances", "lines", _speak),
    Step("shots", ("board",), "shots", "shots", _draw),
    Step("mix", ("board", "utterances"), "mix", "whole", _mix),
    Step("cut", ("shots", "mix"), "film", "whole", _join),
)
# The step that goes on from what the caller brought. A storyboard is announced, not made anew.
_FIRST_STEP: dict[type, StepName] = {
    str: "outline",
    Outline: "script",
    Script: "storyboard",
    Storyboard: "storyboard",
}


def make_episode(
    source: str | Outline | Script | Storyboard,
    settings: Settings,
    store: Store,
    on_progress: Callable[[StepProgress], None] = _nothing,
    cancelled: Callable[[], bool] = _never,
) -> RenderedEpisode:
    """Make a playable Cut from an idea, or from whatever a person has brought as far as outline,
    script or board.

    ``cancelled`` is asked between steps, lines and frames. Raises ``ValueError`` for a source that
    cannot be made and for settings without a typeface, ``Cancelled`` soon after ``cancelled()``
    turns true, ``RenderError`` when drawing fails, ``OSError`` when the voice cannot be started.
    What was finished stays in the store, so the next call goes on from there.
    """
    if settings.typeface is None:
        raise ValueError("the settings name no typeface to draw titles and subtitles with")
    producer = producer_or_test(settings.producer)
    names = [step.name for step in STEPS]
    timings: dict[str, float] = {}
    with VoiceStore(store) as voices:
        build = _Build(settings, settings.typeface, producer, store, voices, on_progress, cancelled)
        _bring(build, source)
        for step in STEPS[names.index(_FIRST_STEP[type(source)]) :]:
            build.stop_if_cancelled()
            began = time.perf_counter()
            step.run(build)
            timings[step.name] = round(time.perf_counter() - began, 3)
        return _finished(build, timings)


def _bring(build: _Build, source: str | Outline | Script | Storyboard) -> None:
    """Put what the caller brought where the step that goes on from it looks for it."""
    match source:
        case str():
            build.idea = source
        case Outline():
            build.outline = source
        case Script():
            build.script = source
        case Storyboard():
            build.board = source


def _finished(build: _Build, timings: dict[str, float]) -> RenderedEpisode:
    assert build.board is not None and build.film is not None and build.mix is not None
    utterances = (build.utterances or {}).values()
    sound = read_wave(build.store.path(build.mix, ".wav"))
    board = build.board
    return RenderedEpisode(
        path=build.film,
        sha256=hashlib.sha256(build.film.read_bytes()).hexdigest(),
        board=board,
        frames=sum(round(shot.duration * board.fps) for shot in board.shots),
        loudness=integrated_loudness(sound),
        peak=true_peak(sound),
        label=build.label,
        produce_id=build.produce_id,
        test_operator=build.producer.is_test,
        digests=build.digests,
        timings=timings,
        silent=tuple(
            utterance.text for utterance in utterances if build.voices.spoken(utterance).silent
        ),
        outline=build.outline,
        script=build.script,
        reading=build.outline.reading if build.outline else IdeaReading(),
        rendered=build.rendered,
        posters=tuple(build.store.path(key, ".jpg") for key in build.shot_keys),
    )


def _cleaned(inputs: dict[str, object]) -> dict[str, object]:
    """Inputs without lone surrogates, which have no UTF-8 and no meaning."""
    return {
        name: value.encode("utf-8", "ignore").decode("utf-8") if isinstance(value, str) else value
        for name, value in inputs.items()
    }


def _utterances(board: Storyboard) -> dict[tuple[int, int], Utterance]:
    """What is to be spoken at each cue, by (index of the shot, index of the cue in it).

    Raises ``ValueError`` for a cue whose role the board does not know.
    """
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
        if end >= _MIN_MARK_SECONDS:
            break
    lawful = explicit_mark(
        board.width, board.height, board.language, seconds=max(end, _MIN_MARK_SECONDS)
    )
    return Mark(
        lawful.text,
        lawful.start,
        round(lawful.end, 6),
        float(lawful.height_px),
        lawful.corner,
        float(lawful.margin_px),
    )
