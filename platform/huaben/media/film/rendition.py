"""One rendition on its way to disk: H.264 High and AAC-LC in fragmented MP4."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import PictureType

from moderation.films.timeline import Timeline

from . import ladder
from .group_cache import EncodedPicture, GroupCache
from .playlists import INDEX, Variant, media_playlist
from .segments import INIT, Segments

GLOBAL_HEADER = 1 << 22
# The index waits for the first packets: its edit lists then say how far picture (reordered frames)
# and sound (the encoder's run-up) lie from zero, and both start together. Without use_metadata_tags
# keys of our own vanish silently.
MOVFLAGS = "+empty_moov+delay_moov+default_base_moof+frag_keyframe+use_metadata_tags"


def open_audio_encoder() -> AudioCodecContext:
    """The one encoder of a film's sound; its packets go into every rendition."""
    context = av.CodecContext.create("aac", "w")
    context.sample_rate, context.layout, context.format = ladder.AUDIO_RATE, "stereo", "fltp"
    context.bit_rate = ladder.AUDIO_BITS
    context.time_base = Fraction(1, ladder.AUDIO_RATE)
    context.flags |= GLOBAL_HEADER
    context.open()
    return context


class Rendition:
    """One rung on its way to disk."""

    def __init__(
        self,
        folder: Path,
        rung: ladder.Rung,
        timeline: Timeline,
        voice: AudioCodecContext | None,
        metadata: Mapping[str, str],
        *,
        cache: Path | None,
    ) -> None:
        """``cache`` holds whole groups of pictures, from an earlier attempt and for a later one."""
        folder.mkdir()
        self.folder, self.rung, self._metadata = folder, rung, dict(metadata)
        self._timeline, self._rate = timeline, timeline.rate
        rate = timeline.rate
        self._segments = Segments(folder)
        options = {
            "movflags": MOVFLAGS,
            "max_interleave_delta": "0",
        }  # a fragment waits for all of its sound
        self._file: OutputContainer = av.open(self._segments, "w", format="mp4", options=options)
        self._file.metadata.update(metadata)
        self._gop = gop = ladder.gop_for(rate)
        self._video = self._file.add_stream("libx264", rate=rate)
        self._video.width, self._video.height, self._video.pix_fmt = (
            rung.width,
            rung.height,
            "yuv420p",
        )
        context = self._video.codec_context
        context.flags |= GLOBAL_HEADER
        context.time_base = 1 / rate
        context.options = {
            "preset": ladder.PRESET,
            "profile": "high",
            "crf": str(ladder.CRF),
            "maxrate": str(rung.most_bits),
            "bufsize": str(2 * rung.most_bits),
            "x264-params": f"keyint={gop}:min-keyint={gop}:scenecut=0:open-gop=0"
            ":colorprim=bt709:transfer=bt709:colormatrix=bt709",
        }
        self._audio: AudioStream | None = None
        if voice is not None:
            self._audio = self._file.add_stream("aac", rate=ladder.AUDIO_RATE)
            same = self._audio.codec_context
            same.layout, same.format, same.bit_rate = "stereo", "fltp", ladder.AUDIO_BITS
            same.flags |= GLOBAL_HEADER
        self._drawn = 0
        self._codecs = ""
        self._file.start_encoding()  # from now on the encoder's parameter sets are known
        self._cache = GroupCache(cache, context.extradata or b"", gop)
        self._group: list[EncodedPicture] = []
        self._groups = self._cache.count

    def draw(self, frame: av.VideoFrame) -> None:
        group, place = divmod(self._drawn, self._gop)
        self._drawn += 1
        if group >= self._cache.count:
            frame.pict_type = PictureType.NONE  # the source's own key frames mean nothing here
            self._take(self._video.encode(frame))
        elif place == 0:
            for coded in self._cache.read(group):
                self._file.mux(self._packet_of(coded))

    def speak(self, packet: av.Packet[Any]) -> None:
        """Take a packet of sound; what lies past the film's end is left out."""
        assert self._audio is not None
        left = round(self._timeline.seconds * ladder.AUDIO_RATE) - (packet.pts or 0)
        if left <= 0:
            return
        copy = av.Packet(bytes(packet))
        copy.pts, copy.dts, copy.duration, copy.time_base = (
            packet.pts,
            packet.dts,
            min(packet.duration or 0, left),
            packet.time_base,
        )
        copy.is_keyframe = True
        copy.stream = self._audio
        self._file.mux(copy)

    def abandon(self) -> None:
        """Let go of the file; what was written is of no use."""
        self._file.close()

    def finish(self) -> None:
        """Write what is left and the playlist, and read the metadata back."""
        self._take(self._video.encode(None))
        self._keep_group()
        self._codecs = _avc1(self._video.codec_context.extradata or b"")
        self._file.close()
        (self.folder / INDEX).write_text(media_playlist(self._lengths()))
        self._check_metadata()

    def variant(self) -> Variant:
        """What was made, after ``finish``."""
        sizes, lengths = self._segments.sizes, self._lengths()
        # RFC 8216, 4.3.4.2: the peak over stretches of at least half a target duration.
        whole = [
            (size, length)
            for size, length in zip(sizes, lengths, strict=True)
            if length >= lengths[0] / 2
        ]
        rates = [8 * size / length for size, length in whole or [(sum(sizes), sum(lengths))]]
        average = round(8 * sum(sizes) / sum(lengths))
        return Variant(
            name=self.rung.name,
            width=self.rung.width,
            height=self.rung.height,
            bandwidth=max(round(max(rates)), average),
            average=average,
            codecs=f"{self._codecs},mp4a.40.2" if self._audio is not None else self._codecs,
            rate=float(self._rate),
        )

    def _take(self, packets: Sequence[av.Packet[Any]]) -> None:
        for packet in packets:
            if packet.is_keyframe:
                self._keep_group()
            assert packet.pts is not None
            assert packet.dts is not None
            duration = packet.duration or 0
            self._group.append(
                EncodedPicture(packet.pts, packet.dts, duration, packet.is_keyframe, bytes(packet))
            )
            self._file.mux(packet)

    def _keep_group(self) -> None:
        if self._group:
            self._cache.store(self._groups, self._group)
            self._groups, self._group = self._groups + 1, []

    def _packet_of(self, coded: EncodedPicture) -> av.Packet[Any]:
        packet = av.Packet(coded.data)
        packet.pts, packet.dts, packet.duration = coded.pts, coded.dts, coded.duration
        packet.time_base, packet.is_keyframe, packet.stream = 1 / self._rate, coded.key, self._video
        return packet

    def _lengths(self) -> list[float]:
        """The length of each segment in seconds."""
        before = len(self._segments.sizes) - 1
        gop = float(ladder.gop_for(self._rate) / self._rate)
        return [gop] * before + [float(self._timeline.seconds) - gop * before]

    def _check_metadata(self) -> None:
        with av.open(io.BytesIO((self.folder / INIT).read_bytes()), format="mov") as init:
            lost = [key for key, value in self._metadata.items() if init.metadata.get(key) != value]
        if lost:
            raise RuntimeError(f"metadata did not reach {self.rung.name}: {', '.join(lost)}")


def _avc1(extradata: bytes) -> str:
    """The RFC 6381 name of the stream: profile, constraints and level as they stand in its first
    parameter set.
    """
    place = extradata.index(b"\x00\x00\x01\x67") + 4
    return f"avc1.{extradata[place : place + 3].hex()}"
