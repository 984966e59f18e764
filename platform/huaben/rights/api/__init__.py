"""Copyright over HTTP: notices of the public, the admins' desk, the creators' answers, blocks."""
