"""What a moderator has read before deciding."""

from huaben.catalog.words import list_cut_words, words_digest
from huaben.review.models import Case


def words_read(case: Case) -> str:
    """What names the words of a case as they are now: those on the page of whoever opens it."""
    return words_digest(list_cut_words(case.cut))
