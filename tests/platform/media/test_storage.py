"""The same work over a storage that has no local paths, as S3 has none: Django's storage in memory."""

from __future__ import annotations

import errno
import hashlib

import pytest
from django.core.files.storage import InMemoryStorage, default_storage

from huaben.core.jobs import run_job
from huaben.media import services, storing
from huaben.media.selectors import local_path, playback_of
from tests.factories import UserFactory
from tests.platform.media.films import make_film

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def far_storage(settings, uploads_in):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }


def test_a_film_is_stored_packaged_played_and_replaced_without_local_paths(client, open_gate, tmp_path, uploads_in):
    film = make_film(tmp_path / "film.mp4", seconds=2.5)
    digest = hashlib.sha256(film.read_bytes()).hexdigest()
    asset = services.store_asset(path=film, owner=UserFactory(), move=True)
    assert not film.exists()
    with local_path(asset) as source:
        assert hashlib.sha256(source.read_bytes()).hexdigest() == digest == asset.sha256
    assert not source.exists()
    run_job(services.package_asset_later(asset=asset, metadata={}).pk)
    asset.refresh_from_db()
    open_gate.add(asset.pk)
    address = playback_of(asset)["manifest_url"].replace("master.m3u8", "180p/00001.m4s")
    assert client.get(address, headers={"Range": "bytes=4-7"}).content == b"moof"
    first = asset.package
    run_job(services.package_asset_later(asset=asset, metadata={"AIGC": "{}"}).pk)
    asset.refresh_from_db()
    assert storing.folders_in(f"packages/{asset.pk}") == [asset.package.rpartition("/")[2]]
    assert not default_storage.exists(f"{first}/master.m3u8")


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
        storing.put_folder(folder, "packages/a")
    assert list(walk(default_storage, "")) == [("", []), ("packages", [])]
