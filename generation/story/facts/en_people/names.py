"""English names: where one begins and ends, and which capitals are places."""

from __future__ import annotations

from generation.story.facts.en_people.state import PeopleState
from generation.story.facts.en_people.words import DETERMINERS, TITLES
from generation.story.facts.english_words import is_known, plain_forms
from generation.story.facts.lexicon import grammar
from generation.story.facts.people import Somebody

_TO_PLACE = grammar("en", "to_place")
_PLACE_FIRST = grammar("en", "place_first")
_NOBODY = grammar("en", "nobody")
_WAYS = grammar("en", "ways")


class Names(PeopleState):
    """Finds names by their capitals and by the words around them."""

    def _next_is_name(self, at: int) -> bool:
        """A name right behind a role, or behind a comma: “her brother Tom”, “daughter, Ines,”."""
        if at >= len(self.words):
            return False
        return self.words[at].capital and self._low(at) not in _NOBODY

    def _capitals_end(self, at: int) -> int:
        stop = at + 1
        while stop < len(self.words):
            word = self.words[stop]
            gap = self.text[self.words[stop - 1].end : word.start]
            if "\n" in gap:
                break
            if (
                (word.capital and word.is_word and word.low not in _NOBODY)
                or (
                    word.text == "."
                    and len(self.words[stop - 1].text) <= 2
                    and self._next_is_name(stop + 1)
                )
                or (
                    word.low in ("de", "van", "von", "da", "bin", "al", "le", "la", "der", "di")
                    and (self._next_is_name(stop + 1))
                )
            ):
                stop += 1
            else:
                break
        return stop

    def _name_end(self, at: int, adjacent: bool = False) -> int:
        """Where the name that begins at a capital letter ends; 0 when it is none."""
        if at >= len(self.words):
            return 0
        word = self.words[at]
        stop = self._capitals_end(at)
        run = self.words[at:stop]
        before = self._low(at - 1)
        shouted = word.text.isupper() and len(word.text) > 1 and len(run) == 1
        if word.low in _NOBODY or (shouted and not self._renames(at, stop)):
            return 0
        if (
            run[-1].low in self.lex.places
            or run[0].low in _PLACE_FIRST
            or (
                len(run) > 1
                and run[-1].low in ("dynasty", "street", "road", "river", "ocean", "empire", "bay")
            )
        ):
            if run[-1].low in ("dynasty",):
                return 0
            if len(run) > 1 and before != "":
                self.place_words.append((at, stop))
            return 0
        if before in _TO_PLACE or (
            before in ("to", "from", "of") and self._place_like(at, stop, before)
        ):
            if not (len(run) == 1 and self._is_common(word.low)):
                self.place_words.append((at, stop))
            return 0
        first = self.words[at - 1] if at else None
        if first is not None and first.capital and self._low(at - 2) in ("of", "in", "from"):
            self.place_words.append((at - 1, stop))  # “the village of Low Marsh”
            return 0
        if not adjacent and self._described_place(at):
            self.place_words.append((at, stop))
            return 0
        title = word.low in TITLES and len(run) > 1
        opens = at == 0 or not self.words[at - 1].is_word
        low = word.low
        known = is_known(low, self.lex) and low not in self.names
        if len(run) > 1 and not title and opens and is_known(run[0].low, self.lex):
            return 0 if low not in self.names else stop
        if before in ("a", "an", "the") and not adjacent:
            if low not in self.names and not known and stop < len(self.words) and any(
                form in self.lex.roles for form in plain_forms(self._low(stop))
            ):  # fmt: skip
                self.place_words.append((at, stop))  # “a London printer”
            return 0
        beast = (
            (adjacent or not opens)
            and before not in DETERMINERS
            and (
                low in self.lex.roles and self.lex.roles[low].being not in ("human", "robot", "ai")
            )
        )
        if len(run) == 1 and known and word.text not in self.by_name and not beast:
            return 0
        if opens and len(run) == 1 and not self._opens_as_name(at, stop):
            return 0
        return stop

    def _is_common(self, low: str) -> bool:
        """Whether a word is one of the tables as it stands; the plural of one may be a place."""
        return is_known(low, self.lex) and (low in self.lex.words or not low.endswith("s"))

    def _described_place(self, at: int) -> bool:
        """“of a drowned Osaka”: names of people stand without an article."""
        article, adjective = self._low(at - 2), self._low(at - 1)
        low = self.words[at].low
        return (
            article in ("a", "an", "the")
            and self.words[at - 1].is_word
            and not self.words[at - 1].capital
            and not is_known(low, self.lex)
            and low not in self.names
            and adjective not in self.lex.roles
            and adjective.endswith(("ed", "en", "ing", "less", "ful", "ous", "ern"))
        )

    def _renames(self, at: int, stop: int) -> bool:
        """“the ship's AI, HESTER,”: capitals between commas behind somebody without a name."""
        before = self.ends.get(at - 1) if self._low(at - 1) == "," else self.ends.get(at)
        nameless = before is not None and before.person is not None and not before.person.name
        return nameless and self._low(stop) in (",", ".", "", "who", "that", "and")

    def _place_like(self, at: int, stop: int, before: str) -> bool:
        low = self.words[at].low
        if low in self.by_name or low in self.names or low in TITLES:
            return False
        if before == "of":
            return True
        back = [
            form for index in range(max(0, at - 4), at) for form in plain_forms(self._low(index))
        ]
        return any(form in _WAYS for form in back)

    def _opens_as_name(self, at: int, stop: int) -> bool:
        low = self.words[at].low
        if low in self.names or low in self.inside or self.words[at].text in self.by_name:
            return True
        following = self._low(stop)
        if following in (
            "'s",
            "and",
            "is",
            "was",
            "has",
            "the",
            "who",
            "must",
            "will",
            "can",
            "had",
            ",",
            "returns",
            "never",
        ):
            return not low.endswith(("ing", "ed", "ly", "tion", "ness", "ment")) and not is_known(
                low, self.lex
            )
        return any(form in self.lex.acts for form in plain_forms(following)) and not low.endswith(
            ("ing", "ed", "ly", "tion", "ness", "s")
        )

    def _person_named(self, name: str, start: int, known: Somebody | None) -> Somebody:
        for key in (name, name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]):
            if key in self.by_name and (key == name or len(name.split()) == 1):
                person = self.by_name[key]
                if known is not None and known is not person:
                    self.cast.merge(person, known)
                    self.repoint(known, person)
                return person
        person = known or self.cast.add(Somebody(name, start))
        if person.name and person.name != name:
            person = self.cast.add(Somebody(name, start))
        person.name = name
        if name.lower() in self.lex.roles:
            person.take_role("", self.lex.roles[name.lower()])
        if person.called != name and known is None:
            person.called = name
        for key in {name, name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]}:
            self.by_name.setdefault(key, person)
        if person.sex is None and person.being not in ("robot", "ai"):
            sex = self.names.get(name.split(maxsplit=1)[0].lower()) or self.names.get(
                name.split("-", maxsplit=1)[0].lower()
            )
            if sex:
                person.sex, person.sure = ("f" if sex == "f" else "m"), False
        return person
