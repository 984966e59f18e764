"""Runs all of Huaben on one machine: embedded servers, migrations, web, workers and beat.

It imports no Django: it starts processes and passes them the servers' addresses by environment.
"""
