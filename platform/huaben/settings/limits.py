"""Settings of what one person, or one network, may make and counts for."""

from __future__ import annotations

# How many things of a kind one person may make: (times, seconds), all of which apply.
MAKING_LIMITS = {
    "series": [(20, 3600), (60, 86400)],
    "episode": [(120, 3600), (400, 86400)],
    "cut": [(60, 3600), (200, 86400)],
    "upload": [(120, 3600), (400, 86400)],
    "render": [(20, 3600), (60, 86400)],
}

# --- crowds: what one network counts for at most

# Viewers of one episode on a chart.
CHART_MAX_PER_NETWORK = 2
# Votes in one round of a premiere, by its rule.
VOTES_MAX_PER_NETWORK = {"open": 5, "accounts": 40}
