"""Metrics by hand."""

import numpy as np
import pytest

from recsys.metrics import bootstrap, coverage, gini, ndcg, recall


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
