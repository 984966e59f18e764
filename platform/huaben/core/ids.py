"""Identifiers: UUIDv7, so that new rows land at the end of their index and sort by the time they
were made.
"""

import uuid

import uuid6


def new_id() -> uuid.UUID:
    """Return a fresh UUIDv7 (RFC 9562)."""
    return uuid.UUID(int=uuid6.uuid7().int)
