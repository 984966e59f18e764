"""A storage without local paths that is full: Django's storage in memory. ``test_s3`` has the rest,
over an S3 server.
"""

from __future__ import annotations

import errno

import pytest
from django.core.files.storage import InMemoryStorage, default_storage

from huaben.media import storage


class SmallStorage(InMemoryStorage):
    """A storage with room for two files."""

    def save(self, name, content, max_length=None):
        if sum(len(files) for _, files in walk(self, "")) >= 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().save(name, content, max_length)


def walk(storage, name):
    folders, files = storage.listdir(name)
    yield name, files
    for folder in folders:
        yield from walk(storage, f"{name}/{folder}".lstrip("/"))


def test_a_package_that_cannot_be_stored_whole_leaves_nothing(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "tests.platform.media.test_storage.SmallStorage"},
    }
    folder = tmp_path / "package"
    (folder / "540p").mkdir(parents=True)
    for name in ("540p/init.mp4", "540p/00000.m4s", "master.m3u8"):
        (folder / name).write_bytes(b"x")
    with pytest.raises(OSError, match="No space"):
        storage.put_folder(folder, "packages/a")
    assert list(walk(default_storage, "")) == [("", []), ("packages", [])]
