"""The job that makes a package: whole or not at all, whatever dies in the middle."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import numpy as np
import psutil
import pytest
from django.dispatch import receiver
from django.utils import timezone

from huaben.core.jobs import cancel_job, run_job, sweep_jobs
from huaben.core.models import Job
from huaben.media import services
from huaben.media.models import Asset, AssetEvent
from huaben.media.selectors import local_path
from huaben.media.signals import asset_ready, asset_refused
from tests.factories import UserFactory
from tests.platform.media.conftest import child_environment
from tests.platform.media.films import make_film
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("uploads_in", "stored_in", "quick_leases"),
]
told: list[tuple[str, Asset]] = []


@receiver(asset_ready)
def _ready(asset, **kwargs):
    told.append(("ready", asset.pk))


@receiver(asset_refused)
def _refused(asset, **kwargs):
    told.append(("refused", asset.pk))


@pytest.fixture(scope="module")
def long_film(tmp_path_factory):
    """A film that takes some seconds to encode."""
    return make_film(
        tmp_path_factory.mktemp("films") / "long.mp4", size=(720, 1280), seconds=10, sound=None
    )


@pytest.fixture
def long_asset(long_film, stored_in, uploads_in):
    return services.store_asset(path=long_film, owner=UserFactory())


@pytest.fixture
def stored(tmp_path):
    """``stored(seconds=..)``: an asset of a film made so."""

    def store(**film):
        return services.store_asset(
            path=make_film(tmp_path / "film.mp4", **film), owner=UserFactory()
        )

    return store


def files_under(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def media_children(pid):
    return [
        p
        for p in psutil.Process(pid).children(recursive=True)
        if "huaben.media.film" in " ".join(p.cmdline())
    ]


def test_an_asset_becomes_ready_with_its_renditions_loudness_and_the_digest_of_what_is_streamed(
    stored, stored_in
):
    asset = stored(size=(720, 1280), seconds=2.5)
    job = services.package_asset_later(asset=asset, metadata={"AIGC": "{}"}, rooms=["cut:1"])
    assert services.package_asset_later(asset=asset, metadata={"AIGC": "{}"}) == job
    assert job.queue == "transcode"
    run_job(job.pk)
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY and told[-1] == ("ready", asset.pk)
    assert [(r.name, r.width, r.height) for r in asset.renditions.all()] == [
        ("540p", 540, 960),
        ("720p", 720, 1280),
    ]
    assert asset.loudness_lufs == pytest.approx(-20, abs=0.3)
    assert asset.package_metadata == {"AIGC": "{}"}
    package = stored_in / asset.package
    names = files_under(package)
    rung = ["00000.m4s", "00001.m4s", "index.m3u8", "init.mp4"]
    assert names == [
        *(f"{r}/{n}" for r in ("540p", "720p") for n in rung),
        "master.m3u8",
        "poster.webp",
        "sprite.webp",
    ]
    listing = "".join(
        f"{hashlib.sha256((package / n).read_bytes()).hexdigest()}  {n}\n" for n in names
    )
    assert asset.package_sha256 == hashlib.sha256(listing.encode()).hexdigest()
    with local_path(asset) as source:
        assert hashlib.sha256(source.read_bytes()).hexdigest() == asset.sha256
    assert [e.state for e in AssetEvent.objects.filter(pgh_obj=asset).order_by("pgh_id")] == [
        "stored",
        "ready",
    ]


def test_a_ready_asset_asked_for_again_is_left_as_it_is(packaged):
    asset = packaged(seconds=1, metadata={"AIGC": "{}"})
    again = services.package_asset_later(asset=asset, metadata={"AIGC": "{}"})
    run_job(again.pk)
    again.refresh_from_db()
    assert again.result == {"package_sha256": asset.package_sha256}
    assert Asset.objects.get(pk=asset.pk).package == asset.package


def test_another_label_makes_another_package_and_the_old_one_is_gone(packaged, stored_in):
    asset = packaged(seconds=1, metadata={"AIGC": "{}"})
    run_job(services.package_asset_later(asset=asset, metadata={"AIGC": '{"Label":"2"}'}).pk)
    changed = Asset.objects.get(pk=asset.pk)
    assert changed.package_sha256 != asset.package_sha256
    assert not (stored_in / asset.package).exists() and (stored_in / changed.package).exists()


def test_a_film_that_breaks_in_the_middle_is_refused_with_the_reason_and_nothing_is_left(
    tmp_path, stored_in, uploads_in
):
    path = make_film(tmp_path / "a.mp4", seconds=4)
    data = bytearray(path.read_bytes())
    place = data.index(b"mdat") + 4
    length = int.from_bytes(data[place - 8 : place - 4], "big") - 8
    middle = slice(place + length // 4, place + 3 * length // 4)
    data[middle] = np.random.default_rng(1).bytes(middle.stop - middle.start)
    path.write_bytes(data)
    asset = services.store_asset(path=path, owner=UserFactory())
    job = services.package_asset_later(asset=asset, metadata={})
    run_job(job.pk)
    job.refresh_from_db()
    asset.refresh_from_db()
    assert (job.state, asset.state, told[-1]) == ("failed", "refused", ("refused", asset.pk))
    assert asset.problem["code"] in ("media_damaged", "media_truncated")
    assert asset.problem["detail"]["zh"] and asset.problem["detail"]["en"]
    assert files_under(stored_in) == [asset.file] and files_under(uploads_in) == []


def test_a_job_can_be_stopped_in_the_middle_and_leaves_nothing(long_asset, stored_in, uploads_in):
    asset = long_asset
    job = services.package_asset_later(asset=asset, metadata={})
    worker = threading.Thread(target=run_job, args=[job.pk])
    worker.start()
    wait_until(lambda: media_children(os.getpid()))
    cancel_job(job.pk)
    worker.join(30)
    job.refresh_from_db()
    assert (job.state, Asset.objects.get(pk=asset.pk).state) == ("cancelled", "stored")
    assert media_children(os.getpid()) == []
    assert files_under(stored_in) == [asset.file] and files_under(uploads_in) == []


def test_progress_counts_seconds_of_film_and_the_child_has_no_secrets_and_no_network(long_asset):
    asset = long_asset
    job = services.package_asset_later(asset=asset, metadata={})
    worker = threading.Thread(target=run_job, args=[job.pk])
    worker.start()
    [child] = wait_until(lambda: media_children(os.getpid()))
    assert not {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"} & set(child.environ())
    seen = wait_until(
        lambda: (
            (p := Job.objects.get(pk=job.pk).progress)
            and p["step"] == "encode"
            and 0 < p["done"] < p["total"]
            and p
        )
    )
    assert seen["total"] == pytest.approx(10, abs=0.2)
    if os.geteuid() == 0:
        assert Path(f"/proc/{child.pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()
    cancel_job(job.pk)
    worker.join(30)


def start_worker(job, settings):
    """A worker process that runs this one job; it shares our database and folders."""
    run = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from pathlib import Path\n"
        f"settings.UPLOAD_ROOT = Path({str(settings.UPLOAD_ROOT)!r})\n"
        "settings.STORAGES['default']['OPTIONS']['location'] = "
        f"{settings.STORAGES['default']['OPTIONS']['location']!r}\n"
        "from huaben.core.jobs import run_job\n"
        f"run_job({str(job.pk)!r})"
    ).replace("PosixPath", "Path")
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", run], env=child_environment(), start_new_session=True
    )


def test_a_worker_killed_in_the_middle_leaves_nothing_running_and_another_finishes(
    long_asset, stored_in, uploads_in, settings
):
    asset = long_asset
    job = services.package_asset_later(asset=asset, metadata={})
    worker = start_worker(job, settings)
    [child] = wait_until(lambda: media_children(worker.pid))
    wait_until(lambda: list(uploads_in.rglob("*.gop")))
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    wait_until(lambda: not child.is_running())
    assert Job.objects.get(pk=job.pk).state == "running"
    wait_until(lambda: Job.objects.get(pk=job.pk).lease_until < timezone.now())
    sweep_jobs()
    encoded = {path: path.stat().st_mtime_ns for path in uploads_in.rglob("*.gop")}
    other = threading.Thread(target=run_job, args=[job.pk])
    other.start()
    while other.is_alive():  # they go away at the end, and are never written again before
        for path, written in encoded.items():
            with suppress(FileNotFoundError):
                assert path.stat().st_mtime_ns == written
        other.join(0.01)
    job.refresh_from_db()
    asset.refresh_from_db()
    assert (job.state, job.attempts, asset.state) == ("succeeded", 2, "ready")
    assert files_under(uploads_in) == []
    assert all(
        name == asset.file or name.startswith(asset.package) for name in files_under(stored_in)
    )


def test_what_was_encoded_is_not_encoded_again_when_only_storing_failed(
    stored, stored_in, uploads_in
):
    asset = stored(seconds=1)
    (stored_in / "packages").write_text("a file where a folder should be: nothing can be stored")
    job = services.package_asset_later(asset=asset, metadata={})
    run_job(job.pk)
    [init] = uploads_in.glob("scratch/*/*/180p/init.mp4")
    made_at = init.stat().st_mtime_ns
    (stored_in / "packages").unlink()
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now())
    run_job(job.pk)
    job.refresh_from_db()
    asset.refresh_from_db()
    assert (job.state, job.attempts) == ("succeeded", 2)
    assert (stored_in / asset.package / "180p" / "init.mp4").stat().st_mtime_ns == made_at
    assert files_under(uploads_in) == []
