"""The default storage, where sources and packages lie: a local folder, or S3 by setting.

What appears there appears whole: locally by a rename, on S3 because no row names a folder before
its last file is there.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage

from huaben.core.ids import new_id


class StorageAway(OSError):
    """The storage is another machine, and it does not answer, or refuses. Another try later may
    do.
    """


def put_file(path: Path, name: str) -> None:
    """Store a local file under ``name``, durably. It stays where it was and must not be written to
    any more. Raises OSError.
    """
    target = _local(name)
    if target is None:
        with path.open("rb") as file, _reaching():
            _storage().save(name, File(file))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        _link_or_copy(str(path), str(part))
        _sync(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(target.parent)


def put_folder(folder: Path, name: str) -> None:
    """Store every file of a local folder under ``name``, as a whole or not at all. Raises
    OSError.
    """
    target = _local(name)
    if target is None:
        try:
            for path in files_in(folder):
                with path.open("rb") as file, _reaching():
                    _storage().save(f"{name}/{path.relative_to(folder).as_posix()}", File(file))
        except BaseException:
            with suppress(
                StorageAway
            ):  # what stays is in nobody's way: no row names it, and the next try removes it
                remove_folder(name)
            raise
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".part-{new_id()}")
    try:
        shutil.copytree(folder, part, copy_function=_link_or_copy)
        for path in files_in(part):
            _sync(path)
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def remove_file(name: str) -> None:
    """Delete a stored file; one that is not there is no error."""
    with _reaching():
        _storage().delete(name)


def remove_folder(name: str) -> None:
    """Delete a stored folder with all that is in it; one that is not there is no error."""
    target = _local(name)
    if target is not None:
        shutil.rmtree(target, ignore_errors=True)
        return
    with suppress(FileNotFoundError), _reaching():
        folders, files = _storage().listdir(name)
        for file in files:
            _storage().delete(f"{name}/{file}")
        for folder in folders:
            remove_folder(f"{name}/{folder}")
        _storage().delete(name)  # S3 has no folders and says nothing; others keep empty ones


def folders_in(name: str) -> list[str]:
    """The names of the folders in a stored folder, unfinished ones too; empty when there is
    none.
    """
    try:
        with _reaching():
            return list(_storage().listdir(name)[0])
    except FileNotFoundError:
        return []


@contextmanager
def open_stored(name: str) -> Iterator[IO[bytes]]:
    """A stored file, open for reading as long as the block lasts. Raises FileNotFoundError or
    StorageAway, also on reading.
    """
    with _reaching(), _storage().open(name, "rb") as file:
        yield cast(IO[bytes], file)


@contextmanager
def as_local(name: str) -> Iterator[Path]:
    """A local path to a stored file, for as long as the block lasts. Do not write to it."""
    target = _local(name)
    if target is not None:
        yield target
        return
    with tempfile.TemporaryDirectory() as folder, open_stored(name) as stored:
        copy = Path(folder) / Path(name).name
        with copy.open("wb") as file:
            shutil.copyfileobj(stored, file, 1024**2)
        yield copy


def files_in(folder: Path) -> list[Path]:
    """Every file in a local folder, in order of its path from there."""
    return sorted(
        (p for p in folder.rglob("*") if p.is_file()),
        key=lambda p: p.relative_to(folder).as_posix(),
    )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a local file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as exc:
        raise StorageAway(errno.EIO, f"the storage does not answer: {type(exc).__name__}") from exc


def _storage() -> Storage:
    return default_storage


def _local(name: str) -> Path | None:
    storage: Any = default_storage
    return Path(storage.path(name)) if isinstance(storage, FileSystemStorage) else None


def _link_or_copy(source: str, target: str) -> None:
    """Give a file a second name; where that cannot be (another disk, no links), copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
