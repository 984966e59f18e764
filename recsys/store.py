"""A model as a folder, written whole or not at all.

    ROOT/current            one line: the name of the current version; replaced atomically
    ROOT/<version>/         manifest.json (with the SHA-256 of every other file), items.jsonl,
                            *.npy, factors.faiss, ranker.json where one was learned

A version is written under a hidden name, synced, renamed, and only then named in `current`. A
process that reads an older version is not disturbed until that is deleted (MAX_VERSIONS).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

from recsys.content import N_FEATURES
from recsys.events import DataError, item_as_dict, parse_item
from recsys.features import NAMES
from recsys.model import FORMAT, Model, settings_as_dict, settings_from_dict
from recsys.ranker import Ranker
from recsys.vector_index import VectorIndex

MAX_VERSIONS = 3  # that stay on disk, so that a reader of the one before can finish
RANKER_FILE = "ranker.json"
_ARRAYS = (
    "item_factors",
    "gram",
    "neighbour_ids",
    "neighbour_weights",
    "next_ids",
    "next_weights",
    "idf",
    "content_to_factors",
    "content_axes",
    "popularity",
    "trend",
    "durations",
    "exposures",
    "trained",
)


class ModelError(RuntimeError):
    """A model folder that is missing, damaged or of another format; the message names the file."""


def save_model(root: Path, model: Model) -> Path:
    """Write the model as a new version of `root`, make it current, and delete old versions.

    The newest MAX_VERSIONS stay. Returns the version's folder. Raises OSError when it cannot be
    written; the former version then stays current and nothing is left behind.
    """
    root.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=root))
    try:
        _write_files(draft, model)
        digests = {path.name: _digest(path) for path in sorted(draft.iterdir())}
        trained_at = datetime.now(UTC)
        content = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()
        version = f"{trained_at:%Y%m%dT%H%M%S%f}Z-{content[:8]}"
        manifest = {
            "format": FORMAT,
            "version": version,
            "trained_at": trained_at.isoformat(),
            "now": model.now,
            "counts": model.counts,
            "ranker": model.ranker is not None,
            "metrics": model.metrics,
            "digest": content,
            "files": digests,
        } | settings_as_dict(model.settings, model.weights)
        (draft / "manifest.json").write_text(
            json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8"
        )
        for path in draft.iterdir():
            _fsync(path)
        draft.chmod(0o755)
        folder = root / version
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _set_current(root, version)
    for older in versions(root)[:-MAX_VERSIONS]:
        shutil.rmtree(root / older, ignore_errors=True)
    return folder


def versions(root: Path) -> list[str]:
    """Names of the versions of `root`, oldest first."""
    return sorted(
        path.parent.name
        for path in root.glob("*/manifest.json")
        if not path.parent.name.startswith(".")
    )


def current_folder(root: Path) -> Path:
    """The folder of the current version: `root` itself when it is a version, else what `current`
    names.

    Raises ModelError when there is none.
    """
    if (root / "manifest.json").is_file():
        return root
    try:
        name = (root / "current").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ModelError(f"{root}: no model here") from error
    if not name or "/" in name or not (root / name / "manifest.json").is_file():
        raise ModelError(f"{root}/current names {name!r}, which is not a model")
    return root / name


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a version. Raises ModelError when it is unreadable or of another format."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: manifest.json cannot be read") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ModelError(f"{folder}: not a model of format {FORMAT}")
    return manifest


def load_model(folder: Path) -> tuple[Model, VectorIndex, dict[str, Any]]:
    """Model, vector index and manifest of one version, every file checked against its digest first.

    Raises ModelError for a missing or damaged file.
    """
    manifest = read_manifest(folder)
    try:
        for name, digest in manifest["files"].items():
            if _digest(folder / name) != digest:
                raise ModelError(f"{folder}: {name} is damaged (its digest is not the manifest's)")
        settings, weights = settings_from_dict(manifest)
        lines = (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()
        items = tuple(parse_item(json.loads(line), f"{folder}/items.jsonl") for line in lines)
        arrays = {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in _ARRAYS}
        content = sp.csr_matrix(
            tuple(
                np.load(folder / f"content_{part}.npy", allow_pickle=False)
                for part in ("data", "indices", "indptr")
            ),
            shape=(len(items), N_FEATURES),
        )
        ranker = _read_ranker(folder) if RANKER_FILE in manifest["files"] else None
        index = VectorIndex.read(folder / "factors.faiss")
        model = Model(
            items=items,
            content=content,
            now=float(manifest["now"]),
            settings=settings,
            weights=weights,
            ranker=ranker,
            counts=dict(manifest["counts"]),
            metrics=dict(manifest["metrics"]),
            **arrays,
        )
    except (OSError, KeyError, TypeError, ValueError, DataError) as error:
        raise ModelError(f"{folder}: {error}") from error
    if len(model.item_factors) != len(items):
        raise ModelError(f"{folder}: {len(items)} items but {len(model.item_factors)} vectors")
    return model, index, manifest


def _read_ranker(folder: Path) -> Ranker:
    data = json.loads((folder / RANKER_FILE).read_text(encoding="utf-8"))
    return Ranker.from_dict(data, NAMES)


def _write_files(folder: Path, model: Model) -> None:
    with (folder / "items.jsonl").open("w", encoding="utf-8") as lines:
        for item in model.items:
            lines.write(json.dumps(item_as_dict(item), ensure_ascii=False) + "\n")
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(model, name), allow_pickle=False)
    for part in ("data", "indices", "indptr"):
        np.save(folder / f"content_{part}.npy", getattr(model.content, part), allow_pickle=False)
    if model.ranker is not None:
        ranker = json.dumps(model.ranker.as_dict())
        (folder / RANKER_FILE).write_text(ranker, encoding="utf-8")
    VectorIndex.build(model.item_factors).write(folder / "factors.faiss")


def _set_current(root: Path, version: str) -> None:
    draft = root / f".current-{os.getpid()}-{version}"
    draft.write_text(version + "\n", encoding="utf-8")
    _fsync(draft)
    draft.replace(root / "current")
    _fsync(root)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
