"""Labels in files: read, and written without re-encoding.

| container | where the label lies | written |
|---|---|---|
| MP4, MOV, M4A | ``moov.udta.meta`` keys/ilst, key ``AIGC`` | remux |
| MKV, WebM | SimpleTag ``AIGC`` | remux |

Other containers raise UnsupportedContainer. What a file is, is found from its first bytes, not from
its name.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import av
import av.error

from moderation.labels import isobmff, matroska
from moderation.labels.aigc import KEY, AigcLabel
from moderation.labels.errors import (
    LabelError,
    MalformedLabel,
    UnreadableFile,
    UnsupportedContainer,
)

Container = Literal["mp4", "mov", "matroska", "webm"]

# Without use_metadata_tags FFmpeg drops the key silently. Pass these to av.open(…,
# options=MP4_OPTIONS).
MP4_OPTIONS: dict[str, str] = {"movflags": "use_metadata_tags+faststart"}

# What FFmpeg reports as metadata of an MP4 file but is part of its structure.
_STRUCTURAL = {"major_brand", "minor_version", "compatible_brands", "encoder"}


def mp4_metadata(label: AigcLabel) -> dict[str, str]:
    """What to put into ``container.metadata`` when muxing MP4 or MKV with PyAV; MP4 needs
    ``MP4_OPTIONS`` too.
    """
    return {KEY: label.to_json()}


def detect_container(path: Path) -> Container:
    """What kind of file this is, by its first bytes. Raises UnsupportedContainer, or OSError when
    it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head[4:8] == b"ftyp":
        return "mov" if head[8:12] == b"qt  " else "mp4"
    if (
        head[4:8] in (b"moov", b"mdat", b"wide", b"free") and len(head) > 8
    ):  # QuickTime files may have no ftyp
        return "mov"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "webm" if b"webm" in head[:64] else "matroska"
    raise UnsupportedContainer(
        f"{path.name}: not an MP4, MOV, MKV or WebM file, and labels are only known in those"
    )


def read_label_texts(path: Path) -> list[str]:
    """The raw text of every ``AIGC`` label in the file. Raises UnsupportedContainer, UnreadableFile
    or OSError.
    """
    if detect_container(path) in ("mp4", "mov"):
        return isobmff.read_label_texts(path)
    return matroska.read_label_texts(path)


def read_label(path: Path) -> AigcLabel | None:
    """The file's one label, None when it has none.

    Raises MalformedLabel when there is more than one or it breaks the standard,
    UnsupportedContainer, UnreadableFile, or OSError.
    """
    values = read_label_texts(path)
    if not values:
        return None
    if len(values) > 1:
        raise MalformedLabel(
            f"{path.name} holds {len(values)} AIGC labels: there must be exactly one"
        )
    return AigcLabel.from_json(values[0])


def write_label(src: Path, dst: Path, label: AigcLabel) -> AigcLabel:
    """Copy ``src`` to ``dst`` with ``label`` as its only label, streams untouched, and return the
    label read back.

    Whatever labels were there are replaced. ``dst`` appears complete or not at all, and may be
    ``src``. A C2PA manifest does not survive (sign last), nor do data streams that the container
    cannot hold. Raises UnsupportedContainer, UnreadableFile or OSError; then ``dst`` is as it was.
    """
    container = detect_container(src)
    read_label_texts(
        src
    )  # walks the whole structure: a truncated film must not become a shorter one
    with atomic_replacement(dst) as part:
        try:
            _remux(src, part, container, label)
        except av.error.FFmpegError as error:
            raise UnreadableFile(
                f"{src.name} cannot be copied: {error.strerror or error}"
            ) from error
        found = read_label(part)
        if found != label:
            raise LabelError(f"the label written into {dst.name} did not read back")
    return found


@contextmanager
def atomic_replacement(dst: Path) -> Iterator[Path]:
    """A path beside ``dst`` to write to; it takes ``dst``'s place when the block ends well, and is
    removed when not.
    """
    if not dst.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {dst.parent}")
    handle, name = tempfile.mkstemp(dir=dst.parent, prefix=f".{dst.name[:64]}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)  # mkstemp's 0600 is for secrets
        part.replace(dst)
    finally:
        part.unlink(missing_ok=True)


def _remux(src: Path, dst: Path, container: Container, label: AigcLabel) -> None:
    reader = "matroska" if container in ("matroska", "webm") else "mov"
    options = dict(MP4_OPTIONS) if reader == "mov" else {}
    # An opened file, not a name, and a named demuxer: FFmpeg shall neither guess a playlist nor
    # follow a URL.
    with (
        src.open("rb") as source,
        av.open(source, "r", format=reader) as old,
        av.open(str(dst), "w", format=container, options=options) as new,
    ):
        old_metadata = {
            key: value for key, value in old.metadata.items() if key.lower() not in _STRUCTURAL
        }
        new.metadata.update(
            {key: value for key, value in old_metadata.items() if key.upper() != KEY}
        )
        new.metadata.update(mp4_metadata(label))
        streams = {}
        for stream in old.streams:
            if stream.type not in ("video", "audio", "subtitle"):
                continue
            copy = new.add_stream_from_template(stream)
            copy.metadata.update(
                {key: value for key, value in stream.metadata.items() if key.upper() != KEY}
            )
            streams[stream.index] = copy
        if not streams:
            raise UnreadableFile(f"{src.name} holds neither picture nor sound")
        for packet in old.demux(*(old.streams[index] for index in streams)):
            if packet.dts is None:  # the end of a stream, not data
                continue
            packet.stream = streams[packet.stream_index]
            new.mux(packet)
