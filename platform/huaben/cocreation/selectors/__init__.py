"""Reads about what is made together: ``proposals`` and credits, and ``writing_rooms``."""
