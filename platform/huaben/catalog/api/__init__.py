"""The catalogue over HTTP: ``viewing`` for everyone, ``making`` for creators and staff."""
