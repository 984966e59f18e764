"""What happens to public texts, told to whoever asked to know.

Receivers run inside the transaction in which it happened: each does little (enqueues a job, writes
a row of its own) and commits or fails with it.
"""

from django.dispatch import Signal

# Somebody submitted a text that nobody has checked yet. Sent with ``speech``.
speech_submitted = Signal()

# A text was shown, held, refused or withdrawn. Sent with ``speech``.
speech_state_changed = Signal()
