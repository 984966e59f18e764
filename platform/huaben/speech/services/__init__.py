"""Writes: ``submission`` for those who speak, ``moderation`` for the check, moderators and reports."""
