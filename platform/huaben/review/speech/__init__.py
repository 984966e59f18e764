"""People's words in review: the check, the moderators' list, reports."""
