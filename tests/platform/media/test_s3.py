"""Films on S3, over the network to an S3 server: stored, packaged, played, replaced; and the server
away.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from django.utils import timezone
from moto.server import ThreadedMotoServer

from huaben.core.jobs import run_job
from huaben.core.models import Job
from huaben.media import services, storage
from huaben.media.models import Asset
from huaben.media.selectors import get_playback, local_path
from tests.factories import UserFactory
from tests.platform.media.conftest import child_environment
from tests.platform.media.films import make_film
from tests.platform.media.tus import begin, examine_waiting, send

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, monkeypatch: Any) -> Iterator[Any]:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    bucket = boto3.resource("s3", endpoint_url=s3_server).create_bucket(Bucket="films")
    yield bucket
    bucket.objects.delete()
    bucket.delete()


def s3_at(address: str) -> dict[str, Any]:
    """The storage that the settings make of ``S3_BUCKET`` and ``S3_ENDPOINT``, with little
    patience.
    """
    from botocore.config import Config

    patience = Config(
        connect_timeout=1, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 1}
    )
    options = {
        "bucket_name": "films",
        "endpoint_url": address,
        "default_acl": None,
        "client_config": patience,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


@pytest.fixture
def on_s3(settings: Any, s3_server: str, bucket: Any, uploads_in: Any) -> Any:
    settings.STORAGES = {**settings.STORAGES, "default": s3_at(s3_server)}
    return bucket


def keys_in(bucket: Any) -> set[str]:
    return {stored.key for stored in bucket.objects.all()}


def test_a_film_is_stored_packaged_played_and_replaced_on_s3(client, on_s3, open_gate, tmp_path):
    film = make_film(tmp_path / "film.mp4", seconds=2.5)
    digest = hashlib.sha256(film.read_bytes()).hexdigest()
    asset = services.store_asset(path=film, owner=UserFactory())
    assert keys_in(on_s3) == {asset.file}
    with local_path(asset) as source:
        assert hashlib.sha256(source.read_bytes()).hexdigest() == digest == asset.sha256
    assert not source.exists()
    run_job(services.package_asset_later(asset=asset, metadata={}).pk)
    asset.refresh_from_db()
    open_gate.add(asset.pk)
    address = get_playback(asset).manifest_url.replace("master.m3u8", "180p/00001.m4s")
    assert client.get(address, headers={"Range": "bytes=4-7"}).content == b"moof"
    assert client.get(address.replace("00001", "00999")).status_code == 404
    first = asset.package
    run_job(services.package_asset_later(asset=asset, metadata={"AIGC": "{}"}).pk)
    asset.refresh_from_db()
    assert storage.folders_in(f"packages/{asset.pk}") == [asset.package.rpartition("/")[2]]
    assert not [key for key in keys_in(on_s3) if key.startswith(first)]
    open_gate.clear()
    assert client.get(address).status_code == 404


def test_an_upload_ends_on_s3_and_outlives_an_s3_that_is_away(
    on_s3, settings, s3_server, browser, tmp_path
):
    film = make_film(tmp_path / "film.mp4").read_bytes()
    address = begin(browser, len(film))
    settings.STORAGES = {**settings.STORAGES, "default": s3_at("http://127.0.0.1:9")}
    assert send(browser, address, film).status_code == 204
    examine_waiting()
    assert not Asset.objects.exists()
    told = browser.get(address).json()
    assert (told["state"], told["examination"]["state"]) == ("received", "queued")
    assert told["offset"] == len(film), "nothing that was sent is lost"
    settings.STORAGES = {**settings.STORAGES, "default": s3_at(s3_server)}
    Job.objects.update(run_after=timezone.now())
    examine_waiting()
    assert keys_in(on_s3) == {Asset.objects.get().file}


def test_a_player_is_told_when_s3_is_away(client, on_s3, settings, open_gate, tmp_path):
    asset = services.store_asset(path=make_film(tmp_path / "film.mp4"), owner=UserFactory())
    run_job(services.package_asset_later(asset=asset, metadata={}).pk)
    asset.refresh_from_db()
    open_gate.add(asset.pk)
    address = get_playback(asset).manifest_url
    assert client.get(address).status_code == 200
    settings.STORAGES = {**settings.STORAGES, "default": s3_at("http://127.0.0.1:9")}
    told = client.get(address)
    assert (told.status_code, told.json()["code"]) == (503, "storage_away")


def test_work_waits_for_an_s3_that_is_away(on_s3, settings, s3_server, tmp_path):
    asset = services.store_asset(path=make_film(tmp_path / "film.mp4"), owner=UserFactory())
    job = services.package_asset_later(asset=asset, metadata={})
    settings.STORAGES = {**settings.STORAGES, "default": s3_at("http://127.0.0.1:9")}
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "queued", "it is tried again later"
    settings.STORAGES = {**settings.STORAGES, "default": s3_at(s3_server)}
    type(job).objects.filter(pk=job.pk).update(run_after=job.created_at)
    run_job(job.pk)
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY


def test_two_settings_put_the_films_on_s3(s3_server, bucket):
    """The real settings in a process of their own: ``S3_BUCKET`` and ``S3_ENDPOINT``, nothing
    else.
    """
    code = (
        "import django; django.setup()\n"
        "from django.core.files.base import ContentFile\n"
        "from django.core.files.storage import default_storage\n"
        "default_storage.save('sources/a.txt', ContentFile(b'lamp'))\n"
        "print(type(default_storage._wrapped).__name__)"
    )
    environment = child_environment(
        S3_BUCKET="films",
        S3_ENDPOINT=s3_server,
        DJANGO_SETTINGS_MODULE="huaben.settings.embedded",
        **KEYS,
    )
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.stdout.strip() == "S3Storage", ended.stderr[-500:]
    assert keys_in(bucket) == {"sources/a.txt"}
