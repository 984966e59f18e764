"""The folder itself: what lies in it, whether it is whole, and how a pack gets there and goes.

A pack lies at ``folder/NAME/``. Its description ``pack.json`` is written last, so a pack that has
one was whole, and verified, when it was put there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from models.packs import Pack, PackFile, packs

_CHUNK = 1 << 20
_DESCRIPTION = "pack.json"


@dataclass(frozen=True)
class InstalledPack:
    """A pack that is there: where, and the digest of its files."""

    pack: Pack
    path: Path

    @property
    def digest(self) -> str:
        """As ``Pack.digest``."""
        return self.pack.digest

    def file(self, name: str) -> Path:
        """The path of one of its files. Raises ``KeyError`` for a file that the pack has not."""
        if not any(file.name == name for file in self.pack.files):
            raise KeyError(name)
        return self.path / name


@dataclass(frozen=True)
class PackProblem:
    """What is wrong with one file of a pack."""

    file: str
    what: str


class PackError(ValueError):
    """An archive does not hold what the pack is described to be made of."""


def pack_of(wanted: str | Pack) -> Pack:
    """The pack itself, or the one of that name. Raises ``KeyError`` when there is none."""
    return packs()[wanted] if isinstance(wanted, str) else wanted


def find(folder: Path | None, wanted: str | Pack) -> InstalledPack | None:
    """A pack, or the one of that name; None when it is not there, of another version, or not whole
    (by the sizes of its files; ``check`` reads them). Raises ``KeyError`` for a name that no pack
    has.
    """
    pack = pack_of(wanted)
    if folder is None:
        return None
    place = folder / pack.name
    try:
        described = json.loads((place / _DESCRIPTION).read_text(encoding="utf-8"))
        sizes = [(place / file.name).stat().st_size for file in pack.files]
    except (OSError, ValueError):
        return None
    if described.get("digest") != pack.digest or sizes != [file.size for file in pack.files]:
        return None
    return InstalledPack(pack, place)


def check(folder: Path, wanted: str | Pack) -> list[PackProblem]:
    """What is wrong with a pack, by reading every byte of it; empty when nothing is."""
    pack = pack_of(wanted)
    place, problems = folder / pack.name, []
    for file in pack.files:
        try:
            if digest_of(place / file.name) != file.sha256:
                problems.append(PackProblem(file.name, "its bytes are not those of the pack"))
        except OSError:
            problems.append(PackProblem(file.name, "it is missing or cannot be read"))
    if not problems and find(folder, pack) is None:
        problems.append(PackProblem(_DESCRIPTION, "it is missing or of another version"))
    return problems


def remove(folder: Path, wanted: str | Pack) -> bool:
    """Take a pack out of the folder. False when it was not there."""
    place = folder / pack_of(wanted).name
    if not place.exists():
        return False
    (place / _DESCRIPTION).unlink(missing_ok=True)  # first: half a pack is no pack
    shutil.rmtree(place)
    return True


def install(folder: Path, pack: Pack, archives: Mapping[str, Path]) -> InstalledPack:
    """Unpack the files of a pack from ``archives`` (package → wheel or npm tarball), verify each
    and put it in its place by renaming. Files that are there and right stay.

    Raises ``PackError`` when a member is missing or the bytes are not those described; nothing
    wrong is left in the folder.
    """
    place = folder / pack.name
    for file in pack.files:
        target = place / file.name
        if target.is_file() and digest_of(target) == file.sha256:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{os.getpid()}-{target.name}.part")
        try:
            _write(part, file, archives)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    description = {
        "name": pack.name,
        "digest": pack.digest,
        "licence": pack.licence,
        "origin": pack.origin,
        "sources": [f"{source.registry}:{source.package}@{source.version}"
                    for source in pack.sources],
        "files": {file.name: file.sha256 for file in pack.files},
    }  # fmt: skip
    part = place / f".{os.getpid()}-{_DESCRIPTION}.part"
    with part.open("w", encoding="utf-8") as out:
        json.dump(description, out, ensure_ascii=False, indent=2)
        out.flush()
        os.fsync(out.fileno())
    part.replace(place / _DESCRIPTION)
    return InstalledPack(pack, place)


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(part: Path, file: PackFile, archives: Mapping[str, Path]) -> None:
    """Join a file's members into ``part`` and sync it. No more bytes are written than the file is
    described to have, so an archive cannot fill the disk.
    """
    found, size = hashlib.sha256(), 0
    with part.open("wb") as out:
        for package, member in file.members:
            for block in _blocks(archives[package], member):
                size += len(block)
                if size > file.size:
                    raise PackError(f"{file.name}: {package} holds more than it should")
                found.update(block)
                out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if found.hexdigest() != file.sha256:
        raise PackError(f"{file.name}: its bytes are not those of the pack")


def _blocks(archive: Path, member: str) -> Iterator[bytes]:
    """The bytes of one member of a wheel or tarball, a mebibyte at a time."""
    try:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel, wheel.open(member) as file:
                yield from _read(file)
        else:
            with tarfile.open(archive) as tarball:
                held = tarball.extractfile(member)
                if held is None:
                    raise PackError(f"{archive.name}: {member} is no file")
                yield from _read(held)
    except (KeyError, OSError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise PackError(f"{archive.name}: {member} cannot be read ({error})") from error


def _read(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_CHUNK):
        yield block
