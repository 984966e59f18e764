"""Recommender engine: watch behaviour in, ranked episodes out. Plain Python."""
