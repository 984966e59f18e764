"""Accounts over HTTP: oneself, and people for an operator."""
