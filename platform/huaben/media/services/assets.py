"""Store a file; have its package made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db import transaction

from huaben.core.ids import new_id
from huaben.core.jobs import enqueue_job
from huaben.core.models import Job
from huaben.core.types import JsonObject, Requester

from .. import sandbox, storage
from ..film.package import PackageResult
from ..models import Asset, Rendition
from ..signals import asset_ready, asset_refused

EXTENSIONS = {"mp4": "mp4", "mov": "mov", "matroska": "mkv", "webm": "webm"}


def examine_file(*, path: Path) -> JsonObject:
    """What a file is, found in a limited child: the fields of ``film.examine.FilmFacts``.

    Raises Problem ``media_…`` (422) for one that cannot be used, with the reason in both languages.
    """
    return sandbox.run_film_task(
        {"task": "examine", "source": str(path.resolve()), "film": {}}, sandbox.EXAMINATION_LIMITS
    )


def store_asset(*, path: Path, owner: Requester) -> Asset:
    """Examine a file and keep its bytes. The file must not be written to any more; it stays where
    it was.

    Raises Problem ``media_…`` (422) for a file that cannot be used, and OSError when it cannot be
    stored; then nothing is left behind.
    """
    asset = store_file(path=path, owner=owner, facts=examine_file(path=path))
    try:
        asset.save(force_insert=True)
    except BaseException:
        storage.remove_file(asset.file)
        raise
    return asset


def store_file(*, path: Path, owner: Requester, facts: JsonObject) -> Asset:
    """Put the bytes of a file that was examined into the storage. The asset is not saved yet: this
    may take long, and wants no transaction. Raises OSError; then nothing is left behind."""
    asset_id = new_id()
    name = f"sources/{asset_id.hex[-2:]}/{asset_id}.{EXTENSIONS[facts['container']]}"
    sha256, size = storage.sha256_of(path), path.stat().st_size
    storage.put_file(path, name)
    return Asset(
        id=asset_id,
        owner_id=owner.pk,
        file=name,
        sha256=sha256,
        size=size,
        container=facts["container"],
        width=facts["width"],
        height=facts["height"],
        duration_ms=facts["duration_ms"],
        has_audio=facts["has_audio"],
        left_out=facts["left_out"],
    )


def package_asset_later(
    *, asset: Asset, metadata: Mapping[str, str], rooms: Sequence[str] = ()
) -> Job:
    """Have the asset's HLS package made, with ``metadata`` in each init segment.

    Tells ``media.asset_ready(asset)`` when it can be played, or ``media.asset_refused(asset)``.
    While one such job is active another call returns it; an asset that is ready with the same
    metadata is left as it is.
    """
    args = {"asset_id": str(asset.pk), "metadata": dict(metadata)}
    return enqueue_job(
        "media.package_asset", args, key=str(asset.pk), owner_id=asset.owner_id, rooms=rooms
    )


def set_package(
    *, asset: Asset, folder: str, sha256: str, metadata: Mapping[str, str], result: PackageResult
) -> None:
    """Say that the package in ``folder`` is complete: from now on the asset can be played. In the
    caller's transaction.
    """
    asset.state, asset.problem = Asset.State.READY, None
    asset.package, asset.package_sha256, asset.package_metadata = folder, sha256, dict(metadata)
    asset.sprite, asset.loudness_lufs = result.sprite, result.loudness_lufs
    # What is played is what counts: for assets that were examined before packages said it, too.
    asset.duration_ms = result.duration_ms
    asset.save(
        update_fields=[
            "state",
            "problem",
            "package",
            "package_sha256",
            "package_metadata",
            "sprite",
            "loudness_lufs",
            "duration_ms",
        ]
    )
    asset.renditions.all().delete()
    Rendition.objects.bulk_create(
        Rendition(
            asset=asset,
            name=variant.name,
            width=variant.width,
            height=variant.height,
            bandwidth=variant.bandwidth,
            codecs=variant.codecs,
        )
        for variant in result.variants
    )
    asset_ready.send(sender=Asset, asset=asset)


def refuse_asset(*, asset_id: str, problem: JsonObject) -> None:
    """Say that an asset cannot be played, and why. One that is ready stays so."""
    with transaction.atomic():
        asset = (
            Asset.objects.select_for_update().filter(pk=asset_id, state=Asset.State.STORED).first()
        )
        if asset is None:
            return
        asset.state, asset.problem = Asset.State.REFUSED, dict(problem)
        asset.save(update_fields=["state", "problem"])
        asset_refused.send(sender=Asset, asset=asset)


def package_digest(folder: Path) -> str:
    """The SHA-256 over every streamed file: lines ``<sha256>  <name>`` in order of the names, as
    sha256sum writes them.
    """
    digest = hashlib.sha256()
    for path in storage.files_in(folder):
        digest.update(
            f"{storage.sha256_of(path)}  {path.relative_to(folder).as_posix()}\n".encode()
        )
    return digest.hexdigest()
