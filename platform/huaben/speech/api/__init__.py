"""Speech over HTTP: ``authors`` for those who speak and report, ``moderators`` for the queue."""
