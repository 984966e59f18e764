"""Nearest vectors by inner product, by FAISS: exact while that is quick, a graph (HNSW) beyond."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

FLAT_UP_TO = 50_000
_LINKS, _BUILD_WIDTH, _SEARCH_WIDTH = 32, 80, 256


class VectorIndex:
    """An index over rows of float32 vectors; row numbers are the answers."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: npt.NDArray[np.float32], flat_up_to: int = FLAT_UP_TO) -> VectorIndex:
        """Index of (n, f) vectors; Malkov and Yashunin's HNSW above `flat_up_to` rows."""
        width = vectors.shape[1]
        if len(vectors) <= flat_up_to:
            index: Any = faiss.IndexFlatIP(width)
        else:
            index = faiss.IndexHNSWFlat(width, _LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = _BUILD_WIDTH
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> VectorIndex:
        """An index from its file; ValueError when the file is not one."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise ValueError(f"{path.name} is not a FAISS index") from error

    def write(self, path: Path) -> None:
        """The index as one file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(
        self, vector: npt.NDArray[Any], k: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Rows and inner products of the k best for one vector (f,), best first; fewer when the
        index holds fewer.
        """
        if isinstance(self._index, faiss.IndexHNSW):
            self._index.hnsw.efSearch = max(_SEARCH_WIDTH, k)
        found, rows = self._index.search(
            np.ascontiguousarray(vector, np.float32)[None, :], min(k, max(len(self), 1))
        )
        kept = rows[0] >= 0
        return rows[0][kept], found[0][kept]
