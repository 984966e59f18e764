"""The long work of media: making packages."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction

from huaben.core.ids import new_id
from huaben.core.jobs import LeaseLost, RunningJob, job
from huaben.core.localized import LocalizedText
from huaben.core.models import Job
from huaben.core.problems import Problem
from huaben.core.sandbox.parent import ChildFailed

from . import sandbox, storage
from .models import Asset
from .playback import is_package_file
from .selectors import local_path
from .services import package_digest, refuse_asset, set_package

log = structlog.get_logger(__name__)
_ENCODING = LocalizedText("转码中", "Encoding")
_STORING = LocalizedText("保存播放文件", "Storing what is played")


def give_up(job: Job) -> None:
    """Packaging ended without a package: nothing of it stays, and a film that failed is refused."""
    for scratch in scratch_root().glob(f"{job.args['asset_id']}-*"):
        shutil.rmtree(scratch, ignore_errors=True)
    if job.state == Job.State.FAILED and job.error:
        refuse_asset(asset_id=job.args["asset_id"], problem=job.error)


@job("media.package_asset", queue="transcode", max_attempts=4, on_failure=give_up)
def package_asset(job: RunningJob) -> Mapping[str, Any]:
    """Make an asset's package. Args: ``asset_id``, ``metadata``.

    Encoding ends with a marker in the scratch folder, so a worker that dies while it stores the
    package does not encode again; where one dies while it encodes, the next decodes again, and
    encodes what is missing.
    """
    asset = Asset.objects.select_related("owner").get(pk=job.args["asset_id"])
    metadata: dict[str, str] = job.args["metadata"]
    if asset.state == Asset.State.READY and asset.package_metadata == metadata:
        return {"package_sha256": asset.package_sha256}
    scratch = scratch_root() / f"{asset.pk}-{_recipe(asset, metadata)}"
    made = _kept(scratch) or _encode(job, asset, metadata, scratch)
    folder = scratch / made["folder"]
    job.progress("store", 0, 1, note=_STORING)
    home = f"packages/{asset.pk}"
    for stray in storage.folders_in(home):  # of an attempt that died between storage and saying so
        if f"{home}/{stray}" != asset.package:
            storage.remove_folder(f"{home}/{stray}")
    name, sha256 = f"{home}/{new_id()}", package_digest(folder)
    storage.put_folder(folder, name)
    earlier = asset.package
    try:
        with transaction.atomic():
            job.fence()
            asset = Asset.objects.select_for_update().get(pk=asset.pk)
            set_package(asset=asset, folder=name, sha256=sha256, metadata=metadata, made=made)
    except LeaseLost:
        storage.remove_folder(name)
        raise
    # Any other error may hide a commit whose answer was lost: then the row names the folder. If it
    # does not, the next attempt removes it as a stray.
    if earlier:
        storage.remove_folder(earlier)
    shutil.rmtree(scratch, ignore_errors=True)
    job.progress("store", 1, 1, note=_STORING)
    return {"package_sha256": sha256}


def scratch_root() -> Path:
    """Where packages are made before they are stored."""
    return Path(settings.UPLOAD_ROOT) / "scratch"


def _encode(
    job: RunningJob, asset: Asset, metadata: dict[str, str], scratch: Path
) -> dict[str, Any]:
    kept = scratch / "kept"
    for stray in scratch.glob("*-*"):
        shutil.rmtree(stray, ignore_errors=True)
    # A name of its own: a worker that lost its lease may still be writing for a moment.
    folder = scratch / str(new_id())
    folder.mkdir(parents=True)
    seconds = asset.duration_ms / 1000
    job.progress("encode", 0, seconds, note=_ENCODING)
    try:
        with local_path(asset) as source:
            made = sandbox.run_film_task(
                {
                    "task": "package",
                    "source": str(source),
                    "folder": str(folder),
                    "kept": str(kept),
                    "metadata": metadata,
                    "film": {},
                },
                sandbox.packaging_limits(seconds),
                on_progress=lambda done, total: job.progress("encode", done, total, note=_ENCODING),
                check=job.check,
            )
        strange = [
            p.name
            for p in storage.files_in(folder)
            if not is_package_file(p.relative_to(folder).as_posix())
        ]
        if strange:
            raise ChildFailed(f"the package holds files that nobody plays: {strange[:5]}")
    except Problem:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    except BaseException:
        shutil.rmtree(
            folder, ignore_errors=True
        )  # what has been encoded stays for the next attempt
        raise
    made["folder"] = folder.name
    part = scratch / "made.json.part"
    part.write_text(json.dumps(made))
    part.replace(scratch / "made.json")
    shutil.rmtree(kept, ignore_errors=True)
    return made


def _kept(scratch: Path) -> dict[str, Any] | None:
    """What an earlier attempt finished encoding, if it did."""
    try:
        made: dict[str, Any] = json.loads((scratch / "made.json").read_text())
    except FileNotFoundError:
        return None
    return made if (scratch / made["folder"] / "master.m3u8").exists() else None


def _recipe(asset: Asset, metadata: dict[str, str]) -> str:
    return hashlib.sha256(
        json.dumps([asset.sha256, metadata], sort_keys=True).encode()
    ).hexdigest()[:16]
