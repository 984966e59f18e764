"""Chinese search without a dictionary: characters in bigrams, words of other scripts whole;
traditional characters count as the simplified ones for them.

The embedded PostgreSQL has no extension for Chinese, so titles and synopses are cut into bigrams
here and stored in a ``tsvector('simple')`` column with a GIN index. A query is cut the same way and
every part must be found; a single character is found as the beginning of a bigram.
"""

from __future__ import annotations

import re
import unicodedata

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet
from django.db.models.expressions import Expression, RawSQL

from moderation.simplified import simplified_table

from .models import Series

_RUNS = re.compile(r"([\u3400-\u9fff\uf900-\ufaff]+)|([^\W_\u3400-\u9fff\uf900-\ufaff]+)")
MAX_QUERY_TERMS = 64


def cut_terms(text: str, *, max_terms: int = 4000) -> list[str]:
    """Search terms of a text in order: bigrams (and the last single character) of each run of Han,
    other words whole.
    """
    terms: list[str] = []
    for han, word in _runs(text):
        if word:
            terms.append(word[:60])
        else:
            terms += [han[i : i + 2] for i in range(len(han))]
        if len(terms) >= max_terms:
            break
    return terms[:max_terms]


def _runs(text: str) -> list[tuple[str, str]]:
    """Runs of Han and other words, one of each pair empty, in the form in which they are found."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(simplified_table())
    return _RUNS.findall(plain)


def search_vector(title: str, synopsis: str, others: str) -> Expression:
    """The value of ``Series.search``: the title weighs most, then genres and names, then the
    synopsis.
    """
    sql = (
        "setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')"
        " || setweight(to_tsvector('simple', %s), 'C')"
    )
    return RawSQL(sql, [" ".join(cut_terms(text)) for text in (title, others, synopsis)])  # noqa: S611  bound parameters


def search_series(rows: QuerySet[Series], query: str) -> QuerySet[Series]:
    """The series that hold every part of ``query``, best first. A query without a letter finds
    nothing.
    """
    terms: list[str] = []
    for han, word in _runs(query):
        if word:
            terms.append(word[:60] + ":*")
        elif len(han) == 1:
            terms.append(han + ":*")
        else:
            terms += [han[i : i + 2] for i in range(len(han) - 1)]
    if not terms:
        return rows.none()
    # Terms hold letters and digits only, so none of them can be an operator of the query language.
    text = " & ".join(dict.fromkeys(terms[:MAX_QUERY_TERMS]))
    tsquery = SearchQuery(text, config="simple", search_type="raw")
    return (
        rows.annotate(rank=SearchRank(F("search"), tsquery))
        .filter(search=tsquery)
        .order_by("-rank", "-id")
    )
