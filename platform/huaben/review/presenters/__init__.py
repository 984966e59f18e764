"""Answers about review: ``cases`` and ``decisions``."""
