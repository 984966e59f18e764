"""Reads about watching: ``viewing`` and ``comments``."""
