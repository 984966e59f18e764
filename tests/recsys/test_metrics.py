"""Metrics by hand."""

import numpy as np
import pytest
import scipy.sparse as sp

from recsys.metrics import (
    auc,
    bootstrap,
    calibration_error,
    coverage,
    gini,
    intra_list_diversity,
    ndcg,
    ratio_interval,
    recall,
    within_user_auc,
)


def test_ndcg_is_what_one_computes_by_hand():
    hits = np.array([[True, False, True], [False, False, False], [True, True, True]])
    got = ndcg(hits, np.array([2, 1, 3]), 3)
    assert got == pytest.approx([(1 + 0.5) / (1 + 1 / np.log2(3)), 0, 1])


def test_recall_is_hits_by_all_that_is_relevant():
    hits = np.array([[True, False, True, True]])
    assert recall(hits, np.array([5]), 3) == pytest.approx([0.4])


def test_the_interval_holds_the_mean_and_narrows_with_more_users():
    values = np.random.default_rng(0).random(4000)
    few, many = bootstrap(values[:100]), bootstrap(values)
    assert few.low < few.mean < few.high
    assert many.high - many.low < (few.high - few.low) / 3
    assert bootstrap(values) == bootstrap(values)
    with pytest.raises(ValueError):
        bootstrap(np.zeros(0))


def test_coverage_and_inequality_of_exposure():
    assert coverage(np.array([3, 0, 1, 0])) == 0.5
    assert gini(np.array([5, 5, 5, 5])) == pytest.approx(0)
    assert gini(np.array([0, 0, 0, 20])) == pytest.approx(0.75)
    assert gini(np.zeros(3, int)) == 0


def test_auc_counts_pairs_that_stand_right_and_half_of_the_ties():
    scores, labels = np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False])
    assert auc(scores, labels) == pytest.approx(3.5 / 4)
    assert auc(scores, np.ones(4, bool)) == 0.5


def test_within_a_user_only_those_count_who_have_both():
    scores = [np.array([0.2, 0.1]), np.array([0.9, 0.8]), np.array([0.1, 0.2, 0.3])]
    labels = [np.array([True, False]), np.array([True, True]), np.array([True, False, False])]
    assert within_user_auc(scores, labels) == pytest.approx((2 * 1.0 + 3 * 0.0) / 5)
    # Between users the order may be as wrong as it likes.
    assert auc(np.concatenate(scores), np.concatenate(labels)) < 1


def test_a_ratio_of_the_same_users_is_surer_than_its_parts():
    base = np.random.default_rng(0).random(500)
    over = ratio_interval(1.5 * base, base)
    assert (over.low, over.mean, over.high) == pytest.approx((1.5, 1.5, 1.5))
    assert ratio_interval(base, np.zeros(500)) is None


def test_diversity_is_one_for_lists_of_strangers_and_zero_for_copies():
    content = sp.csr_matrix(np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]))
    assert intra_list_diversity(np.array([[0, 1]]), content) == pytest.approx(1)
    assert intra_list_diversity(np.array([[0, 2, -1]]), content) == pytest.approx(0)


def test_calibration_is_the_distance_of_what_was_said_and_what_came():
    predicted = np.repeat([0.2, 0.8], 50)
    observed = np.concatenate([np.arange(50) < 10, np.arange(50) < 40])
    assert calibration_error(predicted, observed, bins=2) == pytest.approx(0)
    assert calibration_error(predicted, ~observed, bins=2) == pytest.approx(0.6)
