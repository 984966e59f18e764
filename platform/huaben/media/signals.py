"""What happened, told to whoever asked to know.

Receivers run inside the transaction in which it happened: each does little (enqueues a job, writes
a row of its own) and commits or fails with it.
"""

from django.dispatch import Signal

# An asset was packaged and can be played. Sent with ``asset``.
asset_ready = Signal()

# A file turned out not to be playable. Sent with ``asset``, whose ``problem`` says why.
asset_refused = Signal()
