"""Answers about watching: ``viewing`` and ``comments``."""
