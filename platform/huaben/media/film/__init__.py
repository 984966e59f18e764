"""Examines a film file and makes an HLS package of it, in a process of its own.

Plain Python over PyAV, without Django, secrets or network. Files come from strangers, so everything
here runs as ``python -m huaben.media.film`` in a sandboxed child, under limits that
``huaben.media.sandbox`` sets, and only returns facts.
"""
