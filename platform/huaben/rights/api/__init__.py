"""Copyright over HTTP: the public's notices, the admin's claims, the creator's answers, blocks."""
