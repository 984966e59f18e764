"""Make an asset's HLS package, in steps that a killed worker's successor takes up again."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from huaben.core.ids import new_id
from huaben.core.jobs import LeaseLost, RunningJob
from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem
from huaben.core.sandbox.parent import ChildFailed
from huaben.core.types import JsonObject

from .. import sandbox, storage
from ..film.package import RECIPE, PackageResult
from ..film.playlists import MASTER
from ..models import Asset
from ..playback import is_package_file
from ..selectors import local_path
from .assets import package_digest, refuse_asset, set_package

_ENCODING = LocalizedText("转码中", "Encoding")
_STORING = LocalizedText("保存播放文件", "Storing what is played")
# Says in the scratch folder that encoding ended, and what it gave.
_ENCODED_MARKER = "encoded.json"


@dataclass(frozen=True)
class EncodedPackage:
    """A package whose files are complete in ``folder``, on this machine."""

    folder: Path
    result: PackageResult


def package_asset(*, asset_id: UUID, metadata: Mapping[str, str], job: RunningJob) -> str:
    """Encode, store and put in force the package of an asset; returns the package's SHA-256.

    Encoding ends with a marker in the scratch folder, so a worker that dies while it stores the
    package does not encode again; where one dies while it encodes, the next decodes again, and
    encodes what is missing. Raises Problem for a film that cannot be used, ChildFailed, OSError,
    and what ``job.check`` and ``job.fence`` raise.
    """
    asset = Asset.objects.get(pk=asset_id)
    if asset.state == Asset.State.READY and asset.package_metadata == metadata:
        return asset.package_sha256
    scratch = _scratch_root() / f"{asset.pk}-{_recipe_digest(asset, metadata)}"
    encoded = _find_encoded(scratch) or _encode(job, asset, metadata, scratch)
    job.progress("store", 0, 1, note=_STORING)
    sha256 = _store(job, asset, metadata, encoded)
    shutil.rmtree(scratch, ignore_errors=True)
    job.progress("store", 1, 1, note=_STORING)
    return sha256


def abandon_package(*, asset_id: UUID, problem: JsonObject | None) -> None:
    """Remove what packaging left on this machine, and refuse the asset where ``problem`` says why
    it can never be packaged.
    """
    for scratch in _scratch_root().glob(f"{asset_id}-*"):
        shutil.rmtree(scratch, ignore_errors=True)
    if problem:
        refuse_asset(asset_id=str(asset_id), problem=problem)


def _scratch_root() -> Path:
    return Path(settings.UPLOAD_ROOT) / "scratch"


def _recipe_digest(asset: Asset, metadata: Mapping[str, str]) -> str:
    recipe = json.dumps([RECIPE, asset.sha256, metadata], sort_keys=True)
    return hashlib.sha256(recipe.encode()).hexdigest()[:16]


def _find_encoded(scratch: Path) -> EncodedPackage | None:
    """What an earlier attempt finished encoding, if it did."""
    try:
        marker = json.loads((scratch / _ENCODED_MARKER).read_text())
    except FileNotFoundError:
        return None
    folder = scratch / marker["folder"]
    if not (folder / MASTER).exists():
        return None
    return EncodedPackage(folder, PackageResult.from_json(marker["result"]))


def _encode(
    job: RunningJob, asset: Asset, metadata: Mapping[str, str], scratch: Path
) -> EncodedPackage:
    cache = scratch / "cache"
    for stray in scratch.glob("*-*"):
        shutil.rmtree(stray, ignore_errors=True)
    # A name of its own: a worker that lost its lease may still be writing for a moment.
    folder = scratch / str(new_id())
    folder.mkdir(parents=True)
    cache.mkdir(exist_ok=True)
    try:
        result = _encode_in_sandbox(job, asset, metadata, folder, cache)
    except Problem:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    except BaseException:
        # What has been encoded stays in the cache for the next attempt.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    part = scratch / f"{_ENCODED_MARKER}.part"
    part.write_text(json.dumps({"folder": folder.name, "result": result.to_json()}))
    part.replace(scratch / _ENCODED_MARKER)
    shutil.rmtree(cache, ignore_errors=True)
    return EncodedPackage(folder, result)


def _encode_in_sandbox(
    job: RunningJob, asset: Asset, metadata: Mapping[str, str], folder: Path, cache: Path
) -> PackageResult:
    seconds = asset.duration_ms / 1000
    job.progress("encode", 0, seconds, note=_ENCODING)
    with local_path(asset) as source:
        answer = sandbox.run_film_task(
            {
                "task": "package",
                "source": str(source),
                "folder": str(folder),
                "cache": str(cache),
                "metadata": metadata,
                "film": {},
            },
            sandbox.packaging_limits(seconds),
            writes=[folder, cache],
            on_progress=lambda done, total: job.progress("encode", done, total, note=_ENCODING),
            check=job.check,
        )
    strange = [
        path.name
        for path in storage.files_in(folder)
        if not is_package_file(path.relative_to(folder).as_posix())
    ]
    if strange:
        raise ChildFailed(f"the package holds files that nobody plays: {strange[:5]}")
    return PackageResult.from_json(answer)


def _store(
    job: RunningJob, asset: Asset, metadata: Mapping[str, str], encoded: EncodedPackage
) -> str:
    """Put the package into the storage and in force; remove the one it replaces."""
    home = f"packages/{asset.pk}"
    # Strays are of an attempt that died between storing its package and naming it in the row.
    for stray in storage.folders_in(home):
        if f"{home}/{stray}" != asset.package:
            storage.remove_folder(f"{home}/{stray}")
    name, sha256 = f"{home}/{new_id()}", package_digest(encoded.folder)
    storage.put_folder(encoded.folder, name)
    earlier = asset.package
    try:
        with transaction.atomic():
            job.fence()
            locked = Asset.objects.select_for_update().get(pk=asset.pk)
            set_package(
                asset=locked, folder=name, sha256=sha256, metadata=metadata, result=encoded.result
            )
    except LeaseLost:
        storage.remove_folder(name)
        raise
    # Any other error may hide a commit whose answer was lost: then the row names the folder. If it
    # does not, the next attempt removes it as a stray.
    if earlier:
        storage.remove_folder(earlier)
    return sha256
