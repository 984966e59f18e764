"""Random films of every kind that makers bring, and what is true of each."""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

SIZE = (96, 64)  # width, height as stored
_AUDIO_RATE = 48_000
# The display matrix of each orientation: a b c d of x' = ax + cy, y' = bx + dy.
MATRICES = {
    "upright": (1, 0, 0, 1),
    "mirrored": (-1, 0, 0, 1),
    "upended": (1, 0, 0, -1),
    "half turn": (-1, 0, 0, -1),
    "transposed": (0, 1, 1, 0),
    "clockwise": (0, 1, -1, 0),
    "anticlockwise": (0, -1, 1, 0),
    "antitransposed": (0, -1, -1, 0),
}
_CODECS = {
    "mp4": ("libx264", "libx264", "libx264", "libx265", "mpeg4", "libvpx-vp9", "libsvtav1"),
    "mov": ("libx264", "mpeg4", "prores_ks", "mjpeg"),
    "mkv": ("libx264", "libx264", "libx264", "libx265", "mpeg4", "libvpx", "mjpeg", "mpeg2video"),
    "webm": ("libvpx", "libvpx-vp9"),
}
_SOUNDS = {
    "mp4": ("aac", "aac", "libmp3lame"),
    "mov": ("aac", "pcm_s16le"),
    "mkv": ("aac", "flac", "libopus", "pcm_s16le", "ac3"),
    "webm": ("libopus",),
}
_OPTIONS = {
    "libx264": {"preset": "ultrafast"},
    "libx265": {"preset": "ultrafast", "x265-params": "log-level=none:pools=1"},
    "libvpx": {"deadline": "realtime", "cpu-used": "8"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
    "libsvtav1": {"preset": "12", "svtav1-params": "lp=1"},
}
_FORMATS = {"mjpeg": "yuvj420p", "prores_ks": "yuv422p10le"}


@dataclass
class RandomFilm:
    """A film: how it was made, and what is true of it.

    ``pictures``: how many it shows. ``seconds``: how long it is, give or take ``slack``.
    ``corner``: where the bright corner of its pictures is seen (x, y: 0 or 1).
    """

    path: Path
    traits: dict[str, Any]
    pictures: int = 0
    seconds: Fraction = Fraction(0)
    slack: Fraction = Fraction(0)
    corner: tuple[int, int] = (0, 0)
    transposed: bool = False
    left_out: int = 0
    times: list[Fraction] = field(default_factory=list)


def make_random_film(seed: int, folder: Path) -> RandomFilm:
    """The film of a seed, written into ``folder``."""
    draw = random.Random(seed)
    container = draw.choice(("mp4", "mp4", "mp4", "mov", "mkv", "mkv", "webm"))
    traits: dict[str, Any] = {
        "seed": seed,
        "container": container,
        "codec": draw.choice(_CODECS[container]),
        "sound": draw.choice((None, None, *_SOUNDS[container])),
        "pace": draw.choice(("constant", "constant", "burst", "slides", "jitter", "still")),
        "rate": draw.choice((Fraction(24), Fraction(24000, 1001), Fraction(25), Fraction(30))),
        "fragmented": container == "mp4" and draw.random() < 0.2,
        "orientation": draw.choice(tuple(MATRICES)) if container in ("mp4", "mov") else "upright",
        "edit": draw.choice((None, None, "front", "end", "both", "picture end")),
        "sound_seconds": draw.choice((0.4, None, 1.6)),
        "subtitles": container == "mkv" and draw.random() < 0.4,
        "attachment": container == "mkv" and draw.random() < 0.4,
        "cover": container in ("mp4", "mov") and draw.random() < 0.2,
        "second_sound": draw.random() < 0.2,
        "unknown_box": container in ("mp4", "mov") and draw.random() < 0.2,
        "bframes": draw.randrange(4),
    }
    if traits["fragmented"]:  # such files have no edit list to take the reordering's delay away
        traits["bframes"], traits["sound"] = 0, traits["sound"] and "aac"
    if traits["pace"] == "still":
        traits["cover"] = False  # nobody can tell which of two pictures is the film
    if traits["pace"] in ("still", "slides") and container != "webm":
        traits["codec"] = "libx264"  # others give so few pictures no decoding times
    if traits["codec"] in ("mpeg4", "mpeg2video"):  # they keep one rate
        traits["pace"] = "constant" if traits["pace"] != "still" else "still"
    if container not in ("mp4", "mov") or traits["fragmented"]:
        traits["edit"] = None
    path = folder / f"{seed}.{container}"
    film = RandomFilm(path, traits)
    steps = _steps(traits, draw)
    film.times = [sum(steps[:index], Fraction(0)) for index in range(len(steps))]
    _write(film, steps)
    film.pictures, film.seconds = len(steps), sum(steps, Fraction(0))
    heard = _sound_seconds(film) if traits["sound"] else Fraction(0)
    if container in ("mp4", "mov"):
        _orient(path, traits["orientation"])
        if traits["edit"]:
            heard = _edit(film, steps, heard)
        if traits["unknown_box"]:
            with path.open("ab") as file:
                file.write(struct.pack(">I4s", 24, b"sefd") + b"not known here..")
    a, b, c, d = MATRICES[traits["orientation"]]
    film.transposed = not a
    film.corner = (int(a + c < 0), int(b + d < 0))
    film.slack = Fraction(1, 20) + (steps[-1] if container in ("mkv", "webm") else 0)
    if heard > film.seconds + Fraction(1, 20):
        film.seconds = heard
        film.slack += Fraction(1, 20)
    return film


def _steps(traits: dict[str, Any], draw: random.Random) -> list[Fraction]:
    """How long each picture stands."""
    frame = 1 / traits["rate"]
    match traits["pace"]:
        case "constant":
            return [frame] * draw.randint(36, 50)
        case "burst":
            return [frame] * 12 + [Fraction(draw.randint(20, 80), 100)] + [frame] * 12
        case "slides":
            return [Fraction(1, 2)] * draw.randint(2, 4)
        case "jitter":
            return [frame + Fraction(draw.randint(-6, 6), 1000) for _ in range(40)]
    return [Fraction(draw.randint(12, 20), 10)]


def _sound_seconds(film: RandomFilm) -> Fraction:
    asked = film.traits["sound_seconds"]
    length = film.times[-1] + Fraction(1, 10) if asked is None else Fraction(asked)
    return Fraction(length)


def _write(film: RandomFilm, steps: list[Fraction]) -> None:
    traits = film.traits
    flags = "frag_keyframe+empty_moov+default_base_moof" if traits["fragmented"] else ""
    if traits["fragmented"] and traits["seed"] % 2:
        flags = "frag_keyframe+empty_moov"  # offsets count from the start of the file
    options = {"movflags": flags} if flags else {}
    with av.open(str(film.path), "w", options=options) as out:
        cover = out.add_mux_stream("mjpeg", width=64, height=64) if traits["cover"] else None
        picture = _add_picture(out, traits)
        voices = [
            out.add_stream(traits["sound"], rate=_AUDIO_RATE, layout="stereo")
            for _ in range(1 + traits["second_sound"])
            if traits["sound"]
        ]
        words = out.add_mux_stream("subrip") if traits["subtitles"] else None
        if traits["attachment"]:
            out.add_attachment("font.ttf", "font/ttf", b"a font" * 100)
        film.left_out = sum(
            (len(voices[1:]), bool(cover), bool(words), traits["attachment"]), start=0
        )
        out.start_encoding()
        if cover is not None:
            _mux(out, cover, _jpeg(), 0, 1, Fraction(1))
        _draw(out, picture, film.times, steps)
        for voice in voices:
            _speak(out, voice, _sound_seconds(film))
        if words is not None:
            _mux(out, words, "话本".encode(), 0, 500, Fraction(1, 1000))


def _add_picture(out: Any, traits: dict[str, Any]) -> Any:
    codec = traits["codec"]
    options = dict(_OPTIONS.get(codec, {}))
    if codec == "libx265" and traits["fragmented"]:
        options["x265-params"] += ":bframes=0"
    if codec == "libx264":
        options["bf"] = str(traits["bframes"])
        options["x264-params"] = f"keyint=10:bframes={traits['bframes']}:b-adapt=0"
    picture = out.add_stream(codec, rate=traits["rate"], options=options)
    picture.width, picture.height = SIZE
    picture.pix_fmt = _FORMATS.get(codec, "yuv420p")
    even = traits["pace"] == "constant" or codec in ("mpeg4", "mpeg2video")
    picture.codec_context.time_base = 1 / traits["rate"] if even else Fraction(1, 12_000)
    return picture


def _draw(out: Any, picture: Any, times: list[Fraction], steps: list[Fraction]) -> None:
    base, packets, lengths = picture.codec_context.time_base, [], {}
    for index, (time, step) in enumerate(zip(times, steps, strict=True)):
        frame = av.VideoFrame.from_ndarray(_paint(index), format="rgb24")
        frame = frame.reformat(format=picture.pix_fmt)
        frame.time_base, frame.pts = base, round(time / base)
        lengths[frame.pts] = max(1, round((time + step) / base) - frame.pts)
        packets += picture.encode(frame)
    for packet in [*packets, *picture.encode(None)]:
        packet.duration = lengths.get(packet.pts, packet.duration)
        out.mux(packet)


def _paint(index: int) -> np.ndarray:
    width, height = SIZE
    picture = np.full((height, width, 3), 40, np.uint8)
    picture[: height // 2, : width // 2] = 200
    picture[height // 2 :, (index * 7) % width :] += 20
    return picture


def _speak(out: Any, voice: Any, seconds: Fraction) -> None:
    context = voice.codec_context
    size = context.frame_size or 1024
    wave = (3000 * np.sin(np.arange(round(seconds * _AUDIO_RATE)) / 17)).astype(np.int16)
    resampler = av.AudioResampler(format=context.format, layout="stereo", rate=_AUDIO_RATE)
    for start in range(0, len(wave), size):
        piece = wave[start : start + size]
        heard = av.AudioFrame.from_ndarray(np.repeat(piece, 2)[None], "s16", "stereo")
        heard.sample_rate, heard.pts = _AUDIO_RATE, start
        heard.time_base = Fraction(1, _AUDIO_RATE)
        for ready in resampler.resample(heard):
            out.mux(voice.encode(ready))
    out.mux(voice.encode(None))


def _jpeg() -> bytes:
    context: Any = av.CodecContext.create("mjpeg", "w")
    context.width = context.height = 64
    context.pix_fmt, context.time_base = "yuvj420p", Fraction(1)
    frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 90, np.uint8), format="rgb24")
    frame = frame.reformat(format="yuvj420p")
    frame.pts = 0
    return b"".join(bytes(packet) for packet in [*context.encode(frame), *context.encode(None)])


def _mux(out: Any, stream: Any, data: bytes, pts: int, duration: int, base: Fraction) -> None:
    packet = av.Packet(data)
    packet.pts = packet.dts = pts
    packet.duration, packet.time_base, packet.stream = duration, base, stream
    packet.is_keyframe = True
    out.mux(packet)


def tracks_of(data: bytearray) -> list[tuple[int, int]]:
    """Where each ``trak`` of an MP4's index begins, and its end."""
    found, place = [], data.rindex(b"moov")
    while (place := data.find(b"trak", place)) >= 0:
        start = place - 4
        found.append((start, start + int.from_bytes(data[start:place], "big")))
        place += 4
    return found


def _film_track(data: bytearray, kind: bytes) -> list[tuple[int, int]]:
    found = []
    for start, end in tracks_of(data):
        handler = data.index(b"hdlr", start, end)
        entry = data.index(b"stsd", start, end)
        is_cover = data[entry + 16 : entry + 20] in (b"jpeg", b"mp4v") and (
            data[start:end].count(b"\0\x40\0\x40\0\x48") > 0
        )
        if data[handler + 12 : handler + 16] == kind and not is_cover:
            found.append((start, end))
    return found


def _orient(path: Path, orientation: str) -> None:
    data = bytearray(path.read_bytes())
    a, b, c, d = (value << 16 for value in MATRICES[orientation])
    for start, end in _film_track(data, b"vide"):
        place = data.index(b"tkhd", start, end) + 44
        data[place : place + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)


def _edit(film: RandomFilm, steps: list[Fraction], heard: Fraction) -> Fraction:
    """Trim the film by its edit lists; gives how much of the sound is left."""
    data = bytearray(film.path.read_bytes())
    total, edit = sum(steps, Fraction(0)), film.traits["edit"]
    first = len(steps) // 4 if edit in ("front", "both") else 0
    start = film.times[first]
    # Within a picture: it is shown for half of its time.
    last = max(first, 3 * len(steps) // 4) if edit in ("end", "both", "picture end") else None
    end = total if last is None else film.times[last] + steps[last] / 2
    kinds = (b"vide",) if edit == "picture end" else (b"vide", b"soun")
    places = []
    for kind in kinds:
        for place, stop in _film_track(data, kind):
            found = data.find(b"elst", place, stop)
            if found < 0 or int.from_bytes(data[found + 8 : found + 12], "big") != 1:
                film.traits["edit"] = None
                return heard
            header = data.index(b"mdhd", place, stop)
            scale = int.from_bytes(data[header + 16 : header + 20], "big")
            places.append((found, scale))
    for found, scale in places:
        before = int.from_bytes(data[found + 16 : found + 20], "big", signed=True)
        length = round((end - start) * 1000)
        media = before + round(start * scale)
        data[found + 12 : found + 20] = struct.pack(">Ii", length, media)
    film.path.write_bytes(data)
    shown = [time for time in film.times if start <= time < end]
    film.pictures, film.seconds = len(shown), end - start
    if len(shown) < len(steps):  # sound under pictures that were cut away is not heard
        return min(film.seconds, heard)
    return heard if edit == "picture end" else min(max(heard - start, Fraction(0)), film.seconds)
