"""One decode of a film makes every rendition, the poster, the sprite and the loudness.

Each rendition is fragmented MP4 (CMAF) with H.264 High and AAC-LC in one file. The sound is encoded
once and its packets go into every rendition: an HLS audio group would save those bytes on disk, but
the light build of hls.js plays none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import av

from moderation.films.probe import FirstPicture, stored_form
from moderation.films.timeline import Timeline

from . import ladder
from .decoding import FrameReader, Progress
from .examine import FilmLimits, open_film, read_film
from .graphs import AudioFilterGraph, pull, video_filter_graph
from .playlists import MASTER, Variant, master_playlist
from .proof import prove_package
from .rendition import Rendition, open_audio_encoder
from .stills import StillCollector

# Changes with what is made of a film: what an earlier release encoded is then not taken up again.
RECIPE = 2

# Told of every picture: its time in seconds, and the picture in each rung's size.
Watch = Callable[[float, Sequence[av.VideoFrame]], None]


@dataclass(frozen=True)
class PackageResult:
    """What a package holds, beside its files."""

    variants: list[Variant]
    duration_ms: int
    pictures: int
    loudness_lufs: float | None
    sprite: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """As plain data, for the parent of the sandboxed child."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PackageResult:
        """What ``to_json`` gave. Raises KeyError and TypeError for anything else."""
        return cls(**{**data, "variants": [Variant(**variant) for variant in data["variants"]]})


def package(
    source: Path,
    folder: Path,
    metadata: Mapping[str, str],
    limits: FilmLimits,
    progress: Progress,
    *,
    cache: Path | None = None,
) -> PackageResult:
    """Write the whole package of ``source`` into the empty ``folder``; ``progress(done, total)``
    hears of seconds of film.

    ``metadata`` is written into each rendition's init segment and read back, and every rendition's
    pictures and sound are counted, before the package counts as made. The folder ``cache`` holds
    what has been encoded: an attempt that goes on there encodes only what is missing. Raises
    RejectedMedia or OSError.
    """
    read = read_film(source, limits)
    probe, timeline = read.probe, read.probe.timeline
    with open_film(source, read.container) as film:
        frames = FrameReader(film, probe, progress)
        aspect = getattr(film.streams[probe.picture.index], "sample_aspect_ratio", None)
        form = stored_form(frames.first_picture(), aspect)
        rungs = ladder.rungs_for(*form.shown_size)
        pictures = StillCollector(float(timeline.seconds))
        poster_at = min(1, len(rungs) - 1)  # 720p where there is one
        sound_graph = AudioFilterGraph() if probe.sound is not None else None
        renditions = encode(
            frames,
            form,
            sound_graph,
            folder,
            rungs=rungs,
            timeline=timeline,
            metadata=metadata,
            watch=lambda time, sizes: pictures.see(time, sizes[0], sizes[poster_at]),
            cache=cache,
        )
        frames.check_whole()
    variants = [rendition.variant() for rendition in renditions]
    (folder / MASTER).write_text(master_playlist(variants))
    sprite = pictures.save(folder)
    prove_package(folder, [rung.name for rung in rungs], timeline, sound=sound_graph is not None)
    return PackageResult(
        variants=variants,
        duration_ms=timeline.duration_ms,
        pictures=timeline.pictures,
        loudness_lufs=sound_graph.loudness if sound_graph else None,
        sprite=sprite,
    )


def encode(
    frames: FrameReader,
    form: FirstPicture,
    sound_graph: AudioFilterGraph | None,
    folder: Path,
    *,
    rungs: Sequence[ladder.Rung],
    timeline: Timeline,
    metadata: Mapping[str, str],
    watch: Watch,
    cache: Path | None = None,
) -> list[Rendition]:
    """Encode the frames into every rung at once, each into its folder; ``watch`` sees the pictures.

    Both last as long as ``timeline``: the last picture stands, and silence follows the sound.
    """
    graph, sinks = video_filter_graph(frames.first_picture(), form, rungs, timeline.rate)
    voice = open_audio_encoder() if sound_graph is not None else None
    renditions = [
        Rendition(
            folder / rung.name, rung, timeline, voice, metadata, cache=cache and cache / rung.name
        )
        for rung in rungs
    ]
    drawn = 0

    def draw(frame: av.VideoFrame | None) -> None:
        nonlocal drawn
        graph.push(frame)
        while drawn < timeline.pictures and (smallest := pull(sinks[0])) is not None:
            drawn += 1
            sizes = [smallest, *(pull(sink) for sink in sinks[1:])]
            watch(float(smallest.pts * smallest.time_base), sizes)
            for rendition, size in zip(renditions, sizes, strict=True):
                rendition.draw(size)

    def speak(heard: Iterable[av.AudioFrame | None]) -> None:
        if voice is not None:
            for piece in heard:
                for packet in voice.encode(piece):
                    for rendition in renditions:
                        rendition.speak(packet)

    try:
        for frame in frames:
            if isinstance(frame, av.VideoFrame):
                draw(frame)
            elif sound_graph is not None:
                speak(sound_graph.hear(frame))
        draw(None)
        if sound_graph is not None:
            rest = sound_graph.silence_until(float(timeline.seconds))
            speak(chain(sound_graph.hear(None), rest, [None]))
        for rendition in renditions:
            rendition.finish()
    except BaseException:
        for rendition in renditions:
            rendition.abandon()
        raise
    return renditions
