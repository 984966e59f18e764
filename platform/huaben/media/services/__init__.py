"""Writes about files: store one, make its package, take one in piece by piece."""

from .assets import (
    examine_file,
    package_asset_later,
    package_digest,
    refuse_asset,
    set_package,
    store_asset,
)
from .packaging import abandon_package, package_asset
from .uploads import (
    UploadBusy,
    append_to_upload,
    claim_upload,
    create_upload,
    delete_upload,
    examine_upload,
    sweep_uploads,
)

__all__ = [
    "UploadBusy",
    "abandon_package",
    "append_to_upload",
    "claim_upload",
    "create_upload",
    "delete_upload",
    "examine_file",
    "examine_upload",
    "package_asset",
    "package_asset_later",
    "package_digest",
    "refuse_asset",
    "set_package",
    "store_asset",
    "sweep_uploads",
]
