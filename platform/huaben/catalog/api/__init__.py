"""The catalogue over HTTP: ``public`` for everyone, ``studio`` for creators and staff."""
