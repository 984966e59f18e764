"""What is done to a film file, in a process of its own: look at it, and make an HLS package of it.

Plain Python over PyAV, without Django, secrets or network. Files come from strangers, so everything
here runs as
``python -m huaben.media.film`` in a sandboxed child, under limits that ``huaben.media.sandbox`` sets, and only tells facts back.
"""
