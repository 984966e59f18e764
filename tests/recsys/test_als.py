"""Folding a viewer in."""

import numpy as np
import scipy.sparse as sp

from recsys.als import AlsSettings, fold_in, train_als
from recsys.interactions import build_interactions, preference_matrix


def factorise(audience, catalogue):
    settings = AlsSettings(factors=12, regularization=2.0)
    events = build_interactions(audience, [item.item_id for item in catalogue])
    matrix = preference_matrix(events, events.latest, 30.0)
    viewers, items = train_als(matrix, settings)
    gram = items.astype(float).T @ items.astype(float)
    return settings, matrix, viewers, items, gram


def test_folding_in_a_trained_viewer_gives_the_factor_that_als_gave(audience, catalogue):
    settings, matrix, viewers, items, gram = factorise(audience, catalogue)
    assert (matrix.data < 0).any()
    for viewer in range(matrix.shape[0]):
        row = matrix[viewer]
        folded = fold_in(
            items, gram, row.indices.astype(np.int64), row.data.astype(float), settings
        )
        np.testing.assert_allclose(folded.vector, viewers[viewer], atol=2e-3)


def test_the_parts_of_an_episode_s_score_sum_to_the_score(audience, catalogue):
    settings, matrix, _, items, gram = factorise(audience, catalogue)
    row = matrix[3]
    folded = fold_in(items, gram, row.indices.astype(np.int64), row.data.astype(float), settings)
    np.testing.assert_allclose(
        (items @ folded.contributions).sum(axis=1), items @ folded.vector, atol=1e-9
    )


def test_a_skipped_episode_and_what_is_like_it_fall():
    blocks = np.zeros((60, 20))
    blocks[:30, :10] = blocks[30:, 10:] = 2.0
    blocks *= np.random.default_rng(0).random(blocks.shape) < 0.6
    settings = AlsSettings(factors=4, regularization=1.0)
    _, items = train_als(sp.csr_matrix(blocks), settings)
    gram = items.astype(float).T @ items.astype(float)
    liked = fold_in(items, gram, np.array([0, 12]), np.array([2.0, 2.0]), settings)
    skipped = fold_in(items, gram, np.array([0, 12, 13]), np.array([2.0, 2.0, -1.0]), settings)
    assert items[13] @ skipped.vector < items[13] @ liked.vector
    assert (items[10:] @ skipped.vector).mean() < (items[10:] @ liked.vector).mean()


def test_training_twice_gives_the_same_numbers(audience, catalogue):
    first, second = factorise(audience, catalogue), factorise(audience, catalogue)
    np.testing.assert_array_equal(first[3], second[3])
