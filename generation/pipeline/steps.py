"""The steps of a build: what each reads, what it makes and what its progress counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from generation import cut
from generation.pipeline import drafts
from generation.pipeline.types import Settings, StepName, StepProgress
from generation.rendering import Cancelled, ShotJob, file_digest, list_shot_jobs, render_shots
from generation.sound import mix as mixing
from generation.store import Store
from generation.story.types import Outline, Script
from generation.storyboard import Mark, Storyboard
from generation.voice import Utterance
from generation.voice.store import VoiceStore, read_wave, write_wave
from moderation.labels import ProducerCode, explicit_mark, producer_label, rules_in_force

_LINES_TOGETHER = 4  # asked of the voice at once, between two looks at whether to stop


@dataclass
class Build:
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


def _plan(build: Build) -> None:
    assert build.idea is not None
    build.outline = drafts.make_outline(build.idea, build.settings, build.store)
    build.report("outline", 1, 1, build.outline.title)


def _write(build: Build) -> None:
    assert build.outline is not None
    build.script = drafts.make_script_with_voices(
        build.outline, build.settings, build.store, build.voices
    )
    build.report("script", 1, 1, build.script.title)


def _lay_out(build: Build) -> None:
    if build.board is None:
        assert build.script is not None
        build.board = drafts.make_storyboard_with_voices(
            build.script, build.settings, build.store, build.voices
        )
    count = len(build.board.shots)
    build.report("storyboard", count, count, build.board.title)


def _speak(build: Build) -> None:
    assert build.board is not None
    build.utterances = _utterances(build.board)
    lines = list(build.utterances.values())
    for done, utterance in enumerate(lines, 1):
        build.stop_if_cancelled()
        if done % _LINES_TOGETHER == 1:
            build.voices.prepare(lines[done - 1 : done - 1 + _LINES_TOGETHER])
        build.voices.spoken(utterance)
        build.report("voice", done, len(build.utterances), utterance.text)
    build.voices.engine.close()  # its memory is the drawing processes' from here on


def _draw(build: Build) -> None:
    assert build.board is not None
    jobs = list_shot_jobs(build.board, explicit_label(build.board), build.typeface)
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


def _mix(build: Build) -> None:
    assert build.board is not None and build.utterances is not None
    board, voices, utterances = build.board, build.voices, build.utterances
    inputs = {
        "board": board,
        "voices": [voices.key(utterance) for utterance in utterances.values()],
    }
    build.mix = Store.key("mix", mixing.VERSION, inputs)

    def make(path: Path) -> None:
        sounds = {place: voices.sound(utterance) for place, utterance in utterances.items()}
        write_wave(path, mixing.mix(board, sounds))

    build.store.get_or_create(build.mix, ".wav", make)
    build.digests["mix"] = build.mix
    build.report("mix", 1, 1)


def _join(build: Build) -> None:
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
    run: Callable[[Build], None] = field(repr=False)


STEPS = (
    Step("outline", ("idea",), "outline", "whole", _plan),
    Step("script", ("outline",), "script", "whole", _write),
    Step("storyboard", ("script",), "board", "shots", _lay_out),
    Step("voice", ("board",), "utterances", "lines", _speak),
    Step("shots", ("board",), "shots", "shots", _draw),
    Step("mix", ("board", "utterances"), "mix", "whole", _mix),
    Step("cut", ("shots", "mix"), "film", "whole", _join),
)


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


def explicit_label(board: Storyboard) -> Mark:
    """The explicit label, from the first frame to the end of the shot in which its time is up."""
    min_seconds = rules_in_force().mark_seconds
    end = 0.0
    for shot in board.shots:
        end += shot.duration
        if end >= min_seconds:
            break
    lawful = explicit_mark(board.width, board.height, board.language, seconds=max(end, min_seconds))
    return Mark(
        lawful.text,
        lawful.start,
        round(lawful.end, 6),
        float(lawful.height_px),
        lawful.corner,
        float(lawful.margin_px),
    )
