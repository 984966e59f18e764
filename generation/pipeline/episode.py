"""From an idea, outline, script or storyboard to a finished Cut."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from generation.pipeline.drafts import open_voices
from generation.pipeline.steps import STEPS, Build
from generation.pipeline.types import RenderedEpisode, Settings, StepName, StepProgress
from generation.sound.loudness import integrated_loudness, true_peak
from generation.store import Store
from generation.story.types import IdeaReading, Outline, Script
from generation.storyboard import Storyboard
from generation.voice.store import read_wave
from moderation.labels import producer_or_test

# The step that goes on from what the caller brought. A storyboard is announced, not made anew.
_FIRST_STEP: dict[type, StepName] = {
    str: "outline",
    Outline: "script",
    Script: "storyboard",
    Storyboard: "storyboard",
}


def _nothing(progress: StepProgress) -> None:
    return None


def _never() -> bool:
    return False


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
    with open_voices(settings, store) as voices:
        build = Build(settings, settings.typeface, producer, store, voices, on_progress, cancelled)
        _bring(build, source)
        for step in STEPS[names.index(_FIRST_STEP[type(source)]) :]:
            build.stop_if_cancelled()
            began = time.perf_counter()
            step.run(build)
            timings[step.name] = round(time.perf_counter() - began, 3)
        return _finished(build, timings)


def _bring(build: Build, source: str | Outline | Script | Storyboard) -> None:
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


def _finished(build: Build, timings: dict[str, float]) -> RenderedEpisode:
    assert build.board is not None and build.film is not None and build.mix is not None
    utterances = (build.utterances or {}).values()
    sound = read_wave(build.store.path(build.mix, ".wav"))
    board = build.board
    return RenderedEpisode(
        path=build.film,
        sha256=hashlib.sha256(build.film.read_bytes()).hexdigest(),
        storyboard=board,
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
        voice=build.voices.engine.name,
        posters=tuple(build.store.path(key, ".jpg") for key in build.shot_keys),
    )
