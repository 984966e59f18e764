"""What happened, told to whoever asked to know.

Receivers run inside the transaction in which it happened: each does little (enqueues a job, writes
a row of its own) and commits or fails with it.
"""

from django.dispatch import Signal

# A series has another title, synopsis, poster, genres or language. Sent with ``series``.
series_changed = Signal()

# A Cut was made. Sent with ``cut``.
cut_created = Signal()

# New words for what is on stage were written; nobody has read them. Sent with ``revision``.
words_revised = Signal()

# New words were cleared and are on stage. Sent with ``revision``.
words_cleared = Signal()

# A keeper's answer about Cuts of a series may be another one now. Sent with ``series_id``.
gate_changed = Signal()
