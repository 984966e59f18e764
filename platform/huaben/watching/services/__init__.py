"""Writes about watching: ``viewing`` and ``comments``."""
