"""Reads about what is made together: ``proposals`` and credit, and ``writing`` for the rooms."""
