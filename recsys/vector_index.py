"""Nearest vectors by inner product, with FAISS: exact search in small catalogues, HNSW in large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

MAX_FLAT_ROWS = 50_000  # chosen by hand, not tuned
# HNSW parameters M, efConstruction and efSearch (Malkov, Yashunin 2018).
_LINKS, _BUILD_WIDTH, _SEARCH_WIDTH = 32, 80, 256


class VectorIndex:
    """An index over rows of float32 vectors; row numbers are the answers."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(
        cls, vectors: npt.NDArray[np.float32], max_flat_rows: int = MAX_FLAT_ROWS
    ) -> VectorIndex:
        """Index of vectors (n, f), float32: exact up to `max_flat_rows` rows, HNSW above."""
        width = vectors.shape[1]
        if len(vectors) <= max_flat_rows:
            index: Any = faiss.IndexFlatIP(width)
        else:
            index = faiss.IndexHNSWFlat(width, _LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = _BUILD_WIDTH
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> VectorIndex:
        """An index from its file. Raises ValueError when the file is not one."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise ValueError(f"{path.name} is not a FAISS index") from error

    def write(self, path: Path) -> None:
        """Write the index into one file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(
        self, vector: npt.NDArray[Any], k: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The k rows with the largest inner product with `vector`, (f,), largest first.

        Returns rows (≤k,) int64 and inner products (≤k,) float32; fewer than k when the index is
        smaller or the graph found fewer.
        """
        if isinstance(self._index, faiss.IndexHNSW):
            self._index.hnsw.efSearch = max(_SEARCH_WIDTH, k)
        products, rows = self._index.search(
            np.ascontiguousarray(vector, np.float32)[None, :], min(k, max(len(self), 1))
        )
        valid = rows[0] >= 0
        return rows[0][valid], products[0][valid]
