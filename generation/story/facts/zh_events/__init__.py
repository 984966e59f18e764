"""What happens in a Chinese text, each step on top of the one before.

``clauses`` and ``verbs`` → ``roles`` → ``participants`` → ``reader``.
"""

from generation.story.facts.zh_events.clauses import Clause, split_clauses
from generation.story.facts.zh_events.reader import EventReader

__all__ = ["Clause", "EventReader", "split_clauses"]
