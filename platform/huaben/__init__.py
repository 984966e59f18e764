"""Huaben: the web platform, and the one place that knows Django."""
