"""Moderation engine: a work in, findings, verdict and labels out. Plain Python."""
