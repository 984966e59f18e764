"""Title, logline and question in the maker's own words."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence

from generation.story.facts.types import Facts, Span
from generation.story.telling.clauses import Stretch, sentences_of
from generation.story.telling.selecting import untold

_MAX_TITLE = {"zh": 10, "en": 40}
_MAX_LOGLINE = {"zh": 80, "en": 200}


def title(facts: Facts, rng: random.Random) -> str:
    """A title of words of the text: what stands in 《》, else its people, things and places."""
    marked = re.search(r"《([^《》]{1,20})》", facts.text)
    if marked:
        return marked.group(1)
    limit = _MAX_TITLE[facts.language]
    leads = sorted(facts.people, key=lambda person: -len(person.spans))
    people = [person.name or person.called for person in leads if not person.group]
    things = [thing.text for thing in facts.things]
    places = [place.text for place in facts.places]
    options: list[str] = []
    if facts.language == "zh":
        options += [f"{a}与{b}" for a in people[:2] for b in things[:2]]
        options += [f"{a}与{b}" for a, b in itertools.pairwise(people)]
        options += [f"{place}的{thing}" for place in places[:1] for thing in things[:1]]
        options += [thing for thing in things[:2] if len(thing) >= 2]
    else:
        capital = [_capitalised(name) for name in people]
        named = [_capitalised(thing) for thing in things]
        options += [f"{a} and the {b}" for a in capital[:2] for b in named[:2]]
        options += [f"{a} and {b}" for a, b in itertools.pairwise(capital)]
        options += [f"The {thing}" for thing in named[:2]]
    options = [option for option in options if len(option) <= limit]
    if not options:
        options = [name for name in (*people[:1], *places[:1]) if name][:1]
    if options:
        return rng.choice(options)
    first = sentences_of(facts.text)[0]
    return re.split(r"[，。！？,.!?]", facts.said(first))[0][:limit]


def logline(facts: Facts, within: Span | None = None, struck: Sequence[Span] = ()) -> str:
    """The first sentences of the text that fit a logline."""
    found = ""
    for sentence in sentences_of(facts.text):
        if sentence in struck:
            continue
        if (within and not within.start <= sentence.start < within.end) or untold(facts, sentence):
            continue
        said = facts.said(sentence)
        joined = f"{found}{' ' if found and facts.language == 'en' else ''}{said}"
        if len(joined) > _MAX_LOGLINE[facts.language]:
            break
        found = joined
    return found or facts.text.strip()[: _MAX_LOGLINE[facts.language]]


def question(facts: Facts, stretches: Sequence[Stretch]) -> str:
    """The last words that were told, as what is still open."""
    last = stretches[-1]
    return facts.text[last.start : last.end]


def _capitalised(words: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in words.split())
