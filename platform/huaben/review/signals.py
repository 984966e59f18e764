"""Events of review.

Receivers run inside the transaction of the event: each does little (enqueues a job, writes a row of
its own) and commits or fails with it.
"""

from django.dispatch import Signal

# A moderator, or the policy, decided on a Cut. Sent with ``cut`` and ``approved``.
cut_decided = Signal()
