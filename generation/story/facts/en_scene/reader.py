"""Denials, numbers, places, times, things and tones of an English text."""

from __future__ import annotations

from generation.story.facts.en_scene.times import TimesAndTones
from generation.story.facts.english_words import Word, is_known, longest, plain_forms
from generation.story.facts.lexicon import Lexicon, grammar
from generation.story.facts.types import PlaceFact, ThingFact
from generation.storyboard import Location

_HANDLING = grammar("en", "handling")
_ABSTRACT = tuple(grammar("en", "abstract_ends"))
_ALSO_VERBS = grammar("en", "also_verbs")
_BEFORE_VERBS = grammar("en", "before_verbs")


class EnglishScene(TimesAndTones):
    """Reads what is around the people of one text."""

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
            at = self._read_word(at, people, verbs)
        self.places = _once_places(self.places)
        seen: dict[str, ThingFact] = {}
        for thing in self.things:
            seen.setdefault(thing.text.lower(), thing)
        self.things = list(seen.values())
        self.places.sort(key=lambda place: place.span.start)
        self.times.sort(key=lambda time: time.span.start)

    def _read_word(self, at: int, people: set[int], verbs: set[int]) -> int:
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
        return self._low(at + 1) == "'s" and (self.words[at].low in self.lex.places)

    def _place(self, first: int, last: int, location: Location | None) -> None:
        self.places.append(PlaceFact(self._said(first, last), self.span(first, last), location))
        self.used.update(range(first, last))

    def _is_noun(self, first: int, last: int, place: bool) -> bool:
        before = self._low(first - 1) if first else ""
        if before == "to" and not place:
            return False
        if self._low(first) in _ALSO_VERBS:
            return bool(before) and before not in _BEFORE_VERBS
        return True

    def _unknown_thing(self, at: int, verbs: set[int]) -> bool:
        word = self.words[at]
        before = self._low(at - 1) if at else ""
        if word.capital or before not in ("a", "an", "his", "her", "their", "the", "of", "'s"):
            return False
        low = word.low
        if low in self.lex.words or len(low) < 4 or low.endswith(_ABSTRACT):
            return False
        tail = any(low.endswith(end) and low != end for end in self.lex.words_of("thing_ends.ends"))
        following = self._low(at + 1)
        handled = (
            at >= 2
            and at - 2 in verbs
            and any(form in _HANDLING for form in plain_forms(self._low(at - 2)))
        )
        ends = (
            following in ("", "and", "in", "from", "of", "that", "to", "with", "for", "on", "at")
            or not following.isalpha()
        )
        return ends and (tail or (handled and not is_known(low, self.lex)))

    def _unknown_place(self, at: int) -> bool:
        word = self.words[at]
        low = word.low
        before = self._low(at - 1) if at else ""
        return (
            not word.capital and len(low) > 5
            and before in ("the", "a", "an", "his", "her", "their", "old", "this")
            and low not in self.lex.words_of("place_ends.not") and low not in self.lex.words
            and any(low.endswith(end) for end in self.lex.words_of("place_ends.ends"))
        )  # fmt: skip


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
