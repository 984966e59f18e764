"""Denials, numbers, places, times, things and tones of an English text."""

from __future__ import annotations

from dataclasses import dataclass, field

from generation.story.facts.english_words import Word, longest, plain_forms
from generation.story.facts.lexicon import Lexicon, grammar
from generation.story.facts.numbers import english_number, is_unit, year_time
from generation.story.facts.types import (
    NegationFact,
    NumberFact,
    PlaceFact,
    Span,
    ThingFact,
    TimeFact,
    ToneFact,
)

_BREAKS = frozenset(".!?;,:\n()—–")
_HANDLING = grammar("en", "handling")
_ABSTRACT = (
    "tion",
    "ness",
    "ment",
    "ity",
    "ism",
    "ance",
    "ence",
    "ship",
    "hood",
    "dom",
    "ing",
    "ly",
    "th",
    "age",
    "ure",
)


@dataclass
class EnglishScene:
    """What is around the people; ``hidden`` are words of denials."""

    text: str
    words: list[Word]
    lex: Lexicon
    places: list[PlaceFact] = field(default_factory=list)
    times: list[TimeFact] = field(default_factory=list)
    things: list[ThingFact] = field(default_factory=list)
    tones: list[ToneFact] = field(default_factory=list)
    numbers: list[NumberFact] = field(default_factory=list)
    negations: list[NegationFact] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)

    def span(self, first: int, last: int) -> Span:
        """From word ``first`` up to ``last`` (excluded)."""
        return Span(self.words[first].start, self.words[last - 1].end)

    # denials

    def read_denials(self) -> None:
        """“No romance, no ghosts.”, “without any violence”, “nobody dies”."""
        at = 0
        denying = False
        while at < len(self.words):
            low = self.words[at].low
            opens = at == 0 or self.words[at - 1].text in _BREAKS or self.words[at - 1].low in (
                "and", "but", "with", "please", "is", "are", "there", "contains", "has", "or",
            )  # fmt: skip
            if low in ("no", "without", "avoid", "skip", "not") and (
                opens or low in ("no", "without", "avoid")
            ):
                at, denying = self._denial(at, opens), True
            elif (
                low in ("nobody", "none")
                and self.words[at + 1 : at + 2]
                and self.words[at + 1].low in ("dies", "die", "gets", "is")
            ):
                self._deny(at, min(at + 2, len(self.words)), self.words[at + 1].low)
                at += 2
            elif low in ("don't", "do") and self._words_at(at + 1) in (
                "include",
                "add",
                "use",
                "not",
                "show",
                "want",
                "have",
            ):
                at = self._denial(at + 1 + (self._words_at(at + 1) == "not"), True)
            else:
                at += 1
        del denying

    def _words_at(self, at: int) -> str:
        return self.words[at].low if at < len(self.words) else ""

    def _denial(self, at: int, opens: bool) -> int:
        begin = at + 1
        while self._words_at(begin) in (
            "any",
            "a",
            "an",
            "the",
            "more",
            "kind",
            "of",
            "sort",
            "have",
            "include",
            "show",
            "use",
            "involve",
        ):
            begin += 1
        stop = begin
        while stop < min(at + 16, len(self.words)) and self.words[stop].text not in _BREAKS:
            stop += 1
        # Up to four words to the end of the clause deny; a longer clause tells something.
        word = self.words[at].low
        table = self.lex.words_of("negations.of_films")
        films = longest(self.words, begin, table)
        short = 0 < stop - begin <= 3 and word in ("no", "avoid", "skip", "include") and opens
        if films is None and not short:
            return at + 1
        first = begin
        while first < stop:
            found = longest(self.words, first, table)
            last = found[1] if found else first + 1
            if not found:
                while last < stop and self.words[last].low not in ("or", "and", "please"):
                    last += 1
            if last <= stop and self.words[first].low not in (
                "or",
                "and",
                "no",
                "please",
                "any",
                "without",
                "at",
                "all",
            ):
                if found or short:
                    self._deny(
                        at, last, self.text[self.words[first].start : self.words[last - 1].end]
                    )
                else:
                    break
            first = last
        return max(first, at + 1)

    def _deny(self, first: int, last: int, what: str) -> None:
        start = self.text.rfind(what, 0, self.words[last - 1].end)
        self.negations.append(NegationFact(what, Span(start, start + len(what))))
        self.hidden.update(range(first, last))

    # numbers

    def read_numbers(self) -> None:
        """“three hundred years”, “In 2150”, “a boy of nine”."""
        at = 0
        while at < len(self.words):
            found = english_number([word.low for word in self.words[at : at + 8]])
            if found is None or at in self.hidden:
                at += 1
                continue
            value, used = found
            last = at + used
            said = self.words[at].text
            unit = self._words_at(last)
            if (
                used == 1
                and len(said) == 4
                and said.isdigit()
                and 1000 <= value <= 2999
                and not is_unit(unit)
            ):
                self.times.append(year_time(said, self.span(at, last)))
                self.used.add(at)
            elif is_unit(unit):
                self.numbers.append(
                    NumberFact(
                        self.text[self.words[at].start : self.words[last].end],
                        self.span(at, last + 1),
                        value,
                        unit,
                    )
                )
                self.used.update(range(at, last + 1))
                last += 1
            elif (value >= 2 and self.words[at].is_word) or value >= 2:
                noun = (
                    unit
                    if self._words_at(last).isalpha()
                    and unit not in ("of", "and", "who", "to", "in", "at")
                    else ""
                )
                self.numbers.append(
                    NumberFact(
                        self.text[self.words[at].start : self.words[last - 1].end],
                        self.span(at, last),
                        value,
                        noun,
                    )
                )
            at = last
        for index, word in enumerate(self.words):
            if word.low in ("twice", "thrice"):
                self.numbers.append(
                    NumberFact(
                        word.text,
                        self.span(index, index + 1),
                        2 if word.low == "twice" else 3,
                        "times",
                    )
                )
        self.numbers.sort(key=lambda number: number.span.start)

    # around

    def read_around(self, people: set[int], verbs: set[int], named: list[tuple[int, int]]) -> None:
        """Places, times, things and tones among the words that are nobody's."""
        for first, last in named:
            if not any(index in self.hidden for index in range(first, last)):
                self._place(first, last, None)
        at = 0
        while at < len(self.words):
            if at in self.hidden or at in self.used or not self.words[at].is_word:
                at += 1
                continue
            at = self._one(at, people, verbs)
        self.places = _once_places(self.places)
        seen: dict[str, ThingFact] = {}
        for thing in self.things:
            seen.setdefault(thing.text.lower(), thing)
        self.things = list(seen.values())
        self.places.sort(key=lambda place: place.span.start)
        self.times.sort(key=lambda time: time.span.start)

    def _one(self, at: int, people: set[int], verbs: set[int]) -> int:
        lex = self.lex
        if stop := self._tone(at):
            return stop
        if stop := self._time(at):
            return stop
        if at in people and not self._owner_noun(at):
            return at + 1
        if at in verbs:
            return at + 1
        place = longest(self.words, at, lex.places, 4)
        thing = longest(self.words, at, lex.things)
        if (
            thing
            and (not place or thing[1] >= place[1])
            and self._is_noun(at, thing[1], thing[0] in lex.places)
        ) and not (place and place[1] == thing[1]):
            self.things.append(
                ThingFact(self._said(at, thing[1]), self.span(at, thing[1]), lex.things[thing[0]])
            )
            self.used.update(range(at, thing[1]))
            return thing[1]
        if place and self._is_noun(at, place[1], True):
            self._place(at, place[1], lex.places[place[0]])
            return place[1]
        if self._unknown_thing(at, verbs):
            self.things.append(ThingFact(self.words[at].text, self.span(at, at + 1), None))
            self.used.add(at)
        elif self._unknown_place(at):
            self._place(at, at + 1, None)
        return at + 1

    def _owner_noun(self, at: int) -> bool:
        """“the ship's AI” hides a ship in a mention of somebody."""
        return self._words_at(at + 1) == "'s" and (self.words[at].low in self.lex.places)

    def _said(self, first: int, last: int) -> str:
        return self.text[self.words[first].start : self.words[last - 1].end]

    def _place(self, first: int, last: int, location) -> None:  # type: ignore[no-untyped-def]
        self.places.append(PlaceFact(self._said(first, last), self.span(first, last), location))
        self.used.update(range(first, last))

    def _is_noun(self, first: int, last: int, place: bool) -> bool:
        before = self._words_at(first - 1) if first else ""
        if before == "to" and not place:
            return False
        if self._words_at(first) in (
            "will",
            "fan",
            "page",
            "play",
            "stage",
            "star",
            "file",
            "match",
            "book",
            "note",
            "fire",
            "base",
            "court",
            "fair",
            "flat",
            "well",
            "wood",
            "field",
            "park",
            "store",
            "house",
            "tear",
            "present",
            "spell",
            "leaf",
            "will",
            "mill",
            "earth",
            "mine",
            "station",
            "shop",
            "list",
        ):
            return before not in (
                "i",
                "he",
                "she",
                "they",
                "we",
                "you",
                "it",
                "to",
                "and",
                "who",
            ) and bool(before)
        return True

    def _unknown_thing(self, at: int, verbs: set[int]) -> bool:
        word = self.words[at]
        before = self._words_at(at - 1) if at else ""
        if word.capital or before not in ("a", "an", "his", "her", "their", "the", "of", "'s"):
            return False
        low = word.low
        if low in self.lex.words or len(low) < 4 or low.endswith(_ABSTRACT):
            return False
        tail = any(low.endswith(end) and low != end for end in self.lex.words_of("thing_ends.ends"))
        following = self._words_at(at + 1)
        handled = (
            at >= 2
            and at - 2 in verbs
            and any(form in _HANDLING for form in plain_forms(self._words_at(at - 2)))
        )
        ends = (
            following in ("", "and", "in", "from", "of", "that", "to", "with", "for", "on", "at")
            or not following.isalpha()
        )
        from generation.story.facts.english_words import is_known

        return ends and (tail or (handled and not is_known(low, self.lex)))

    def _unknown_place(self, at: int) -> bool:
        word = self.words[at]
        low = word.low
        before = self._words_at(at - 1) if at else ""
        return (
            not word.capital and len(low) > 5
            and before in ("the", "a", "an", "his", "her", "their", "old", "this")
            and low not in self.lex.words_of("place_ends.not") and low not in self.lex.words
            and any(low.endswith(end) for end in self.lex.words_of("place_ends.ends"))
        )  # fmt: skip

    def _time(self, at: int) -> int:
        lex = self.lex
        best = None
        for table in (lex.hours, lex.weathers, lex.eras, dict.fromkeys(lex.seasons, 1)):
            found = longest(self.words, at, table)
            if found and (best is None or found[1] > best[1]):
                best = found
        if best is None:
            return 0
        word, stop = best
        low = self.words[at].low
        if low in ("will", "spring", "fall", "falls", "springs") and self._words_at(at - 1) not in (
            "in",
            "the",
            "one",
            "this",
            "last",
            "next",
            "every",
            "that",
            "early",
            "late",
            "of",
        ):
            return 0
        if (
            low.endswith("ing")
            and low not in ("morning", "evening", "spring", "lightning", "snowing")
        ) or low in ("rose", "fell"):
            return 0
        self.times.append(
            TimeFact(
                self._said(at, stop),
                self.span(at, stop),
                lex.hours.get(word),
                lex.weathers.get(word),
                lex.eras.get(word),
            )
        )
        self.used.update(range(at, stop))
        return stop

    def _tone(self, at: int) -> int:
        genre = longest(self.words, at, self.lex.genres)
        if genre and not (
            genre[1] - at == 1
            and genre[0] in ("romance", "myth", "heritage", "fable", "fantasy", "horror")
            and self._words_at(at - 1) in ("his", "her", "their", "of")
        ):
            self.tones.append(
                ToneFact(
                    "genre",
                    self._said(at, genre[1]),
                    self.lex.genres[genre[0]],
                    self.span(at, genre[1]),
                )
            )
            self.used.update(range(at, genre[1]))
            return genre[1]
        mood = longest(self.words, at, self.lex.moods)
        if mood:
            near = {
                self._words_at(index)
                for index in range(max(0, at - 3), min(mood[1] + 4, len(self.words)))
            }
            if near & {
                "story",
                "tale",
                "film",
                "drama",
                "mood",
                "tone",
                "ending",
                "comedy",
                "romance",
                "keep",
                "make",
                "and",
                "series",
                "short",
                "thriller",
                "mystery",
                "please",
            } and (
                near
                & {
                    "story",
                    "tale",
                    "film",
                    "drama",
                    "mood",
                    "tone",
                    "ending",
                    "keep",
                    "make",
                    "comedy",
                    "series",
                    "thriller",
                    "mystery",
                    "romance",
                }
            ):
                self.tones.append(
                    ToneFact(
                        "mood",
                        self._said(at, mood[1]),
                        self.lex.moods[mood[0]],
                        self.span(at, mood[1]),
                    )
                )
                self.used.update(range(at, mood[1]))
                return mood[1]
        return 0


def _once_places(places: list[PlaceFact]) -> list[PlaceFact]:
    seen: dict[str, PlaceFact] = {}
    for place in places:
        seen.setdefault(place.text.lower(), place)
    return list(seen.values())


def read_scene(text: str, words: list[Word], lex: Lexicon) -> EnglishScene:
    """Denials and numbers at once; the rest when it is known which words are people and verbs."""
    scene = EnglishScene(text, words, lex)
    scene.read_denials()
    scene.read_numbers()
    return scene
