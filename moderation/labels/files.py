"""Labels in files: read, and written without touching a stream.

| container | where the label lies | written |
|---|---|---|
| MP4, MOV, M4A | ``moov.udta.meta`` keys/ilst, key ``AIGC`` | into the index |
| MKV, WebM | SimpleTag ``AIGC`` | into the tags |

Other containers raise UnsupportedContainer. What a file is, is found from its first bytes, not from
its name.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av.error

from moderation.films import containers, proof
from moderation.films.containers import Container
from moderation.labels import isobmff, isobmff_writing, matroska, matroska_writing
from moderation.labels.aigc import KEY, AigcLabel
from moderation.labels.errors import (
    LabelError,
    MalformedLabel,
    UnreadableFile,
    UnsupportedContainer,
)

# Without use_metadata_tags FFmpeg drops the key silently. Pass these to av.open(…,
# options=MP4_OPTIONS).
MP4_OPTIONS: dict[str, str] = {"movflags": "use_metadata_tags+faststart"}


def mp4_metadata(label: AigcLabel) -> dict[str, str]:
    """What to put into ``container.metadata`` when muxing MP4 or MKV with PyAV; MP4 needs
    ``MP4_OPTIONS`` too.
    """
    return {KEY: label.to_json()}


def detect_container(path: Path) -> Container:
    """What kind of file this is, by its bytes. Raises UnsupportedContainer, or OSError when it
    cannot be read.
    """
    container = containers.detect_container(path)
    if container is None:
        raise UnsupportedContainer(
            f"{path.name}: not an MP4, MOV, MKV or WebM file, and labels are only known in those"
        )
    return container


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
    """Copy ``src`` to ``dst`` with ``label`` as its only label, and return the label read back.

    Whatever labels were there are replaced. Every stream is kept byte for byte, with its edit
    list; of the rest only a C2PA manifest does not survive (sign last). The packets and decoded
    pictures of both files are counted and compared before ``dst`` appears, complete or not at all;
    it may be ``src``. Raises UnsupportedContainer, UnreadableFile, LabelError when the copy is not
    the film, or OSError; then ``dst`` is as it was.
    """
    container = detect_container(src)
    read_label_texts(
        src
    )  # walks the whole structure: a truncated film must not become a shorter one
    with atomic_replacement(dst) as part:
        writing = isobmff_writing if container in ("mp4", "mov") else matroska_writing
        writing.write_label_text(src, part, label.to_json())
        try:
            proof.prove_copy(src, part, container)
        except proof.CopyDiffers as error:
            raise LabelError(f"the copy of {src.name} is not the film: {error}") from error
        except av.error.FFmpegError as error:
            raise UnreadableFile(f"{src.name} cannot be read: {error.strerror or error}") from error
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
    # A file system measures names in bytes: 64 characters may be 256 of them.
    start = dst.name.encode()[:64].decode(errors="ignore")
    handle, name = tempfile.mkstemp(dir=dst.parent, prefix=f".{start}.", suffix=".part")
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
