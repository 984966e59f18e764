"""Runs the whole house on one machine: embedded servers, migrations, web, worker and beat.

Knows no Django: it starts processes and tells them by environment where their servers are.
"""
