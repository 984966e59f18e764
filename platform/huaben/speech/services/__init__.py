"""Writes: ``submission`` for authors, ``moderation`` for the check, moderators and reports."""
