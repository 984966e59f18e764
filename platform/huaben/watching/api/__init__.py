"""Watching over HTTP: ``viewing`` (events, history, lists), ``comments`` (also danmaku)."""
