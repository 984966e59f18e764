"""What a text says: people, relations, places, times, things, events, each with its span."""
