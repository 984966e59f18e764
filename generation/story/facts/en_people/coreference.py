"""Who a pronoun means, and whose somebody is."""

from __future__ import annotations

from generation.story.facts.en_people.names import Names
from generation.story.facts.en_people.words import ADJECTIVES, POSSESSIVES
from generation.story.facts.lexicon import grammar
from generation.story.facts.people import MAX_BACK, Mention, Somebody, choose, recent_people
from generation.story.facts.types import Span

_NOT_OWNED = grammar("en", "not_owned")


class Coreference(Names):
    """Resolves pronouns, possessives, and roles that were met before."""

    def _pronoun(self, at: int, kind: str) -> None:
        word = self.words[at]
        mention = Mention(word.start, word.end, word.text, None, kind)  # type: ignore[arg-type]
        if kind == "i":
            if word.low == "i" and word.text != "I":
                return
            mention.person = self.by_name.get("I") or self.cast.add(Somebody("I", word.start))
            self.by_name["I"] = mention.person
            mention.person.spans.append(Span(word.start, word.end))
        self._number(mention)
        self.at_word[at] = mention
        self.ends[at + 1] = mention

    def _owns(self, at: int) -> bool:
        """“her daughter”, not “asks her to”."""
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if following is None or not following.is_word:
            return False
        low = following.low
        return low in ADJECTIVES or low == "own" or low not in _NOT_OWNED

    def _whose(self, mention: Mention) -> Somebody | None:
        if mention.person is None and mention.pronoun in ("m", "f"):
            mention.person = self.resolve(mention)
        return mention.person

    def _pronoun_owner(self, at: int) -> Somebody | None:
        word = self.words[at]
        kind = POSSESSIVES[word.low]
        mention = Mention(word.start, word.end, word.text, None, kind, free=False)  # type: ignore[arg-type]
        if kind == "i":
            self._pronoun(at, "i")
            return self.by_name["I"]
        if kind == "they":
            self.theirs = at + 1
            return self._both()[0]
        self._number(mention)
        mention.person = self.resolve(mention, self._subject_before(at))
        return mention.person

    def _both(self) -> tuple[Somebody | None, Somebody | None]:
        """Whom “their” means: a group that was spoken of last, else the last two people, of whom
        the first is None when there is but one.
        """
        found: list[Somebody] = []
        for mention in reversed(self.mentions[-MAX_BACK:]):
            person = mention.person
            if person is None or person in found or (found and person.group):
                continue
            if any(person.of is other and not person.name for other in found):
                continue
            found.append(person)
            if person.group or len(found) == 2:
                break
        return (found[0] if found else None), (found[1] if len(found) > 1 else None)

    def _subject_before(self, at: int) -> Somebody | None:
        """Whom “his” most often means: the first of the sentence, else of the one before."""
        stop = at
        for _ in range(2):
            begin = stop
            while begin > max(0, at - 90) and self._low(begin - 1) not in (".", "!", "?", ";"):
                begin -= 1
            for index in range(begin, stop):
                mention = self.at_word.get(index)
                if mention is not None and mention.person and mention.free:
                    return mention.person
            stop = max(0, begin - 1)
        return None

    def resolve(self, mention: Mention, subject: Somebody | None = None,
                not_this: Somebody | None = None) -> Somebody | None:  # fmt: skip
        """Who a pronoun means; gives the person that sex."""
        if mention.pronoun not in ("m", "f", "none"):
            return None
        ordered = recent_people(self.mentions, mention, subject, not_this)
        if mention.pronoun == "none":
            ordered = [
                p
                for p in ordered
                if p.being in ("robot", "ai", "animal", "spirit", "dragon", "ghost")
            ]
            return ordered[0] if ordered and ordered[0].sex in ("none", None) else None
        return choose(ordered, mention.pronoun)

    def _appositive(self, first: int) -> Somebody | None:
        """“Ines, a baker,”; “Pip the rabbit”: the same person as the name before."""
        if self._low(first) not in ("a", "an", "the"):
            return None
        comma = self._low(first - 1) == ","
        before = self.ends.get(first - 1) if comma else self.ends.get(first)
        if before is None or before.person is None or before.pronoun:
            return None
        if not before.person.name and not (comma and self._encloses(first)):
            return None
        if not comma and self._low(first) != "the":
            return None
        return before.person

    def _encloses(self, first: int) -> bool:
        """“the food taster, a boy of nine, knows”: a second role between commas."""
        for stop in range(first + 1, min(first + 9, len(self.words))):
            low = self._low(stop)
            if low in ("and", "or"):
                return False
            if low == ",":
                following = self._low(stop + 1)
                return following not in ("a", "an", "the", "and", "or", "but") and not (
                    stop + 1 < len(self.words) and self.words[stop + 1].capital
                )
            if low in (".", ";", "!", "?"):
                return False
        return False
