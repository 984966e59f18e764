"""What happened, told to whoever asked to know.

Receivers run inside the transaction in which it happened: each does little (enqueues a job, writes
a row of its own) and commits or fails with it.
"""

from django.dispatch import Signal

# Somebody signed in, and what their browser did is theirs now. Sent with ``from_id`` and
# ``into_id``.
viewer_merged = Signal()

# Somebody is called otherwise from now on. Sent with ``user``.
name_changed = Signal()

# Somebody deletes their account. Sent with ``user_id`` and ``viewer_id`` (None: they watched
# nothing), before the row of the viewer goes: each app deletes what nobody must keep.
account_deleted = Signal()
