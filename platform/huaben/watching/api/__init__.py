"""Watching over HTTP: ``viewing`` for events, history and lists; ``comments`` for comments and danmaku."""
