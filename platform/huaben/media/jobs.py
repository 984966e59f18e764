"""The long work of media: examining what was uploaded, making packages."""

from __future__ import annotations

from uuid import UUID

from huaben.core.jobs import RunningJob, job
from huaben.core.models import Job
from huaben.core.types import JsonObject

from . import services


def abandon_package(job: Job) -> None:
    """Packaging ended without a package: nothing of it stays, and a film that failed is refused."""
    problem = job.error if job.state == Job.State.FAILED else None
    services.abandon_package(asset_id=UUID(job.args["asset_id"]), problem=problem)


@job("media.package_asset", queue="transcode", max_attempts=4, on_failure=abandon_package)
def package_asset(job: RunningJob) -> JsonObject:
    """Make an asset's package. Args: ``asset_id``, ``metadata``."""
    sha256 = services.package_asset(
        asset_id=UUID(job.args["asset_id"]), metadata=job.args["metadata"], job=job
    )
    return {"package_sha256": sha256}


@job("media.examine_upload", queue="examine", max_attempts=6)
def examine_upload(job: RunningJob) -> None:
    """Examine a whole upload. Args: ``upload_id``."""
    job.progress("examine")
    try:
        services.examine_upload(upload_id=UUID(job.args["upload_id"]))
    except services.UploadBusy as busy:
        raise RuntimeError("the upload is still being written to") from busy  # tried again
