"""Matrix factorisation for implicit feedback, and the fold-in of a viewer who was not there at
training.

Hu, Koren, Volinsky: Collaborative Filtering for Implicit Feedback Datasets (ICDM 2008). A signed
strength s becomes a confidence c = 1 + alpha |s| in the preference 1 (s > 0) or 0 (s < 0).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True)
class AlsSettings:
    """factors: width of the vectors. alpha: confidence gained per unit of strength. seed: of the
    first random vectors.
    """

    factors: int = 64
    alpha: float = 10.0
    regularization: float = 10.0
    iterations: int = 12
    seed: int = 7


def confidence(strength: sp.csr_matrix, alpha: float) -> sp.csr_matrix:
    """c with the sign of the strength, as implicit wants it: negative means preference 0 with
    confidence |c|.
    """
    out = strength.astype(np.float32)
    out.data = np.sign(out.data) * (1.0 + alpha * np.abs(out.data))
    return out


def train_als(strength: sp.csr_matrix, settings: AlsSettings) -> tuple[Float32, Float32]:
    """Factors of viewers (m, f) and items (n, f) of signed strengths (m, n). Same input and seed,
    same output.

    The viewers' factors are solved once more against the final items', so that they are what
    `fold_in` gives.
    """
    from implicit.cpu.als import AlternatingLeastSquares
    from threadpoolctl import threadpool_limits

    weights = confidence(strength, settings.alpha)
    if not weights.nnz:
        return (
            np.zeros((strength.shape[0], settings.factors), np.float32),
            np.zeros((strength.shape[1], settings.factors), np.float32),
        )
    with threadpool_limits(1, "blas"):
        model = AlternatingLeastSquares(
            factors=settings.factors,
            regularization=settings.regularization,
            alpha=1.0,
            iterations=settings.iterations,
            num_threads=1,
            random_state=settings.seed,
        )
        model.fit(weights, show_progress=False)
        viewers = model.recalculate_user(np.arange(weights.shape[0]), weights)
    items = np.asarray(model.item_factors, np.float32)
    items[weights.getnnz(axis=0) == 0] = 0.0
    return np.asarray(viewers, np.float32), items


@dataclass(frozen=True)
class FoldedViewer:
    """A viewer's vector (f,) and, for “why this?”, what each item of the history brings: rows, and
    A⁻¹ Yᵀ c p (f, h).
    """

    vector: npt.NDArray[np.float64]
    rows: npt.NDArray[np.int64]
    parts: npt.NDArray[np.float64]


def fold_in(
    item_factors: Float32,
    gram: npt.NDArray[np.float64],
    rows: npt.NDArray[np.int64],
    strength: npt.NDArray[np.float64],
    settings: AlsSettings,
) -> FoldedViewer:
    """The viewer's vector x = (YᵀY + Yᵀ(C − I)Y + λI)⁻¹ Yᵀ C p, without retraining.

    gram: YᵀY (f, f) of the training. rows, strength: (h,) items of the history and their signed
    strengths; a negative one pulls the vector away from that item. The score of item i is then yᵢ ·
    x, and `parts` split it by history item (the paper's section 5): the parts of one item sum to
    its score.
    """
    known = item_factors[rows].astype(np.float64)
    extra = settings.alpha * np.abs(strength)
    system = gram + known.T @ (known * extra[:, None])
    system[np.diag_indices_from(system)] += settings.regularization
    liked = np.where(strength > 0, 1.0 + extra, 0.0)
    parts = np.asarray(np.linalg.solve(system, (known * liked[:, None]).T), np.float64)
    return FoldedViewer(vector=parts.sum(axis=1), rows=rows, parts=parts)
