"""The cut: shots joined packet by packet, the mix as AAC, the label in the metadata, in one pass.

No picture is encoded a second time. The same shots, sound and label give the same bytes: nothing of
the clock goes into the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from generation.sound.loudness import RATE, Audio
from moderation.labels import MP4_OPTIONS, AigcLabel, mp4_metadata

VERSION = 1
_AAC_BITS = 128_000
_AAC_FRAME = 1024


def join(shots: Sequence[Path], sound: Audio, label: AigcLabel, fps: int, out: Path) -> int:
    """Write the finished MP4 to ``out`` and return its number of frames.

    ``shots`` are video-only MP4 files with one set of codec parameters; ``sound`` has shape
    (samples, 2) at 48 kHz. Raises ``ValueError`` when a shot's parameters are not those of the
    first.
    """
    options = {**MP4_OPTIONS, "fflags": "+bitexact"}
    with av.open(str(out), "w", format="mp4", options=options) as film:
        film.metadata.update(mp4_metadata(label))
        with av.open(str(shots[0])) as first:
            picture = film.add_stream_from_template(first.streams.video[0])
            extradata = first.streams.video[0].codec_context.extradata
        picture.time_base = Fraction(1, fps)
        voice = film.add_stream(
            "aac", rate=RATE, layout="stereo", bit_rate=_AAC_BITS, options={"flags": "+bitexact"}
        )
        frames = _Frames(sound)
        base = 0
        for path in shots:
            with av.open(str(path)) as shot:
                stream = shot.streams.video[0]
                if stream.codec_context.extradata != extradata:
                    raise ValueError(
                        f"{path.name}: its codec parameters are not those of the first shot"
                    )
                count = 0
                for packet in shot.demux(stream):
                    if packet.dts is None or packet.pts is None or stream.time_base is None:
                        continue
                    tick = Fraction(1, fps)
                    packet.pts = base + round(packet.pts * stream.time_base / tick)
                    packet.dts = base + round(packet.dts * stream.time_base / tick)
                    packet.duration = 1
                    packet.time_base = tick
                    packet.stream = picture
                    film.mux(packet)
                    count += 1
                base += count
            # Sound goes in beside the pictures, so that a player need not seek.
            for frame in frames.until(round(base / fps * RATE)):
                film.mux(voice.encode(frame))
        for frame in frames.until(sound.shape[0]):
            film.mux(voice.encode(frame))
        film.mux(voice.encode(None))
    return base


class _Frames:
    """The mix in frames of AAC's size, given out up to a sample at a time."""

    def __init__(self, sound: Audio) -> None:
        self._planes = np.ascontiguousarray(sound.T.astype(np.float32))
        self._at = 0

    def until(self, sample: int) -> list[av.AudioFrame]:
        frames = []
        last = self._planes.shape[1]
        while self._at < min(sample, last):
            part = np.ascontiguousarray(self._planes[:, self._at : self._at + _AAC_FRAME])
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, self._at, Fraction(1, RATE)
            frames.append(frame)
            self._at += part.shape[1]
        return frames
