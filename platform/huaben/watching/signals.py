"""What happened, told to whoever asked to know.

Receivers run inside the transaction in which it happened: each does little (enqueues a job, writes
a row of its own) and commits or fails with it.
"""

from django.dispatch import Signal

# A viewer had history deleted. Sent with ``viewer_id`` and ``episode_id`` (None: all).
history_deleted = Signal()
