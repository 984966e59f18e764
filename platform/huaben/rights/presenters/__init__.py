"""Answers about copyright: ``claims``, ``blocks`` and ``jurisdictions``."""
