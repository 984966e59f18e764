"""Generation engine: an idea in, a playable episode out.

Plain Python. Knows no web framework and no other engine but ``moderation.labels``,
the one place that knows what a lawful label is.
"""
