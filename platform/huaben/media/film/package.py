"""One decode of a film makes every rendition, the poster, the sprite and the loudness.

Each rendition is fragmented MP4 (CMAF) with H.264 High and AAC-LC in one file. The sound is encoded
once and its packets go into every rendition: an HLS audio group would save those bytes on disk, but
the light build of hls.js plays none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.video.stream import VideoStream

from . import ladder
from .decoding import FrameReader, Progress
from .examine import FilmLimits, examine, open_film, picture_of, shown_size, sound_of
from .graphs import AudioFilterGraph, pull, video_filter_graph
from .playlists import MASTER, Variant, master_playlist
from .rendition import Rendition, open_audio_encoder
from .stills import StillCollector

# Told of every picture: its time in seconds, and the picture in each rung's size.
Watch = Callable[[float, Sequence[av.VideoFrame]], None]


@dataclass(frozen=True)
class PackageResult:
    """What a package holds, beside its files."""

    variants: list[Variant]
    duration_ms: int
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

    ``metadata`` is written into each rendition's init segment and read back. The folder
    ``cache`` holds what has been encoded: an attempt that goes on there encodes only what is
    missing. Raises RejectedMedia or OSError.
    """
    facts = examine(source, limits)
    seconds = facts.duration_ms / 1000
    with open_film(source, facts.container) as film:
        picture, sound = picture_of(film), sound_of(film)
        frames = FrameReader(film, picture, sound, seconds, progress)
        first = frames.first_picture()
        rungs = ladder.rungs_for(*shown_size(first, picture.sample_aspect_ratio))
        rate = ladder.rate_for(Fraction(facts.rate))
        pictures = StillCollector(seconds)
        poster_at = min(1, len(rungs) - 1)  # 720p where there is one
        sound_graph = AudioFilterGraph() if sound is not None else None
        renditions = encode(
            frames,
            picture,
            sound_graph,
            folder,
            rungs=rungs,
            rate=rate,
            metadata=metadata,
            watch=lambda time, sizes: pictures.see(time, sizes[0], sizes[poster_at]),
            cache=cache,
        )
        frames.check_whole()
        variants = [rendition.variant() for rendition in renditions]
        (folder / MASTER).write_text(master_playlist(variants))
        return PackageResult(
            variants=variants,
            duration_ms=round(1000 * max(rendition.seconds for rendition in renditions)),
            loudness_lufs=sound_graph.loudness if sound_graph else None,
            sprite=pictures.save(folder),
        )


def encode(
    frames: FrameReader,
    picture: VideoStream,
    sound_graph: AudioFilterGraph | None,
    folder: Path,
    *,
    rungs: Sequence[ladder.Rung],
    rate: Fraction,
    metadata: Mapping[str, str],
    watch: Watch,
    cache: Path | None = None,
) -> list[Rendition]:
    """Encode the frames into every rung at once, each into its folder; ``watch`` sees the pictures
    on their way.

    ``rate`` is the constant rate of the pictures; without ``sound_graph`` the renditions have no
    sound.
    """
    graph, sinks = video_filter_graph(frames.first_picture(), picture, rungs, rate)
    voice = open_audio_encoder() if sound_graph is not None else None
    renditions = [
        Rendition(
            folder / rung.name,
            rung,
            rate,
            voice,
            metadata,
            cache=cache / rung.name if cache else None,
        )
        for rung in rungs
    ]

    def draw(frame: av.VideoFrame | None) -> None:
        graph.push(frame)
        while (smallest := pull(sinks[0])) is not None:
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
            speak(sound_graph.hear(None))
            speak(sound_graph.silence_until(renditions[0].shown_seconds))
            speak([None])
        for rendition in renditions:
            rendition.finish()
    except BaseException:
        for rendition in renditions:
            rendition.abandon()
        raise
    return renditions
