"""Roles behind determiners: “a retired keeper”, “her brother”."""

from __future__ import annotations

from dataclasses import dataclass

from generation.story.facts.en_people.coreference import Coreference
from generation.story.facts.en_people.words import ADJECTIVES, DETERMINERS, POSSESSIVES, TITLES
from generation.story.facts.english_words import is_known, longest, plain_forms
from generation.story.facts.lexicon import RoleWord, grammar
from generation.story.facts.people import Somebody

_NOT_ROLE_BEFORE = grammar("en", "not_role_before")
_NOT_MODIFIERS = grammar("en", "not_modifiers")
_PLURAL_WORDS = grammar("en", "plural_words")


@dataclass(frozen=True)
class Phrase:
    """Words ``first`` up to ``last`` that stand for somebody, with the head's table entry."""

    first: int
    last: int
    entry: str
    role: RoleWord
    definite: bool
    owner: Somebody | None = None
    owner_at: int = 0


class RolePhrases(Coreference):
    """Finds the phrases that say what somebody is."""

    def _phrase(self, at: int) -> Phrase | None:
        """A determiner or possessive, modifiers, and a role; or roles that need no determiner."""
        low = self._low(at)
        owner, owner_at, begin, definite = None, at, at, False
        own = (low in POSSESSIVES and low != "her") or (low == "her" and self._owns(at))
        previous = self.ends.get(at)
        if low == "'s":
            if previous is None:
                if not self.words[at - 1].is_word or self.words[at - 1].capital:
                    return None
                begin, definite = at + 1, True  # “the school's shyest boy”
            else:
                owner, owner_at = self._whose(previous), previous.start
                begin, definite = at + 1, True
                previous.free = False
        elif own:
            begin, definite = at + 1, True
        elif low in DETERMINERS:
            begin, definite = at + 1, low in ("the", "this", "that", "these", "those")
        elif previous is not None and self._low(at - 1) not in (",",):
            return None
        found = self._head(begin, bare=begin == at)
        if found is None:
            return None
        entry, _head, last = found
        if own:
            owner, owner_at = self._pronoun_owner(at), self.words[at].start
        return Phrase(
            at if low != "'s" else begin,
            last,
            entry,
            self.lex.roles[entry],
            definite,
            owner,
            owner_at,
        )

    def _head(self, begin: int, *, bare: bool) -> tuple[str, int, int] | None:
        for head in range(begin, min(begin + 4, len(self.words))):
            word = self.words[head]
            if head in self.hidden or not (word.is_word or word.text[0].isdigit()):
                return None
            found = longest(self.words, head, self.lex.roles)
            if found and self._fits(found[0], head, found[1], begin, bare):
                later = self._later_head(found[1])
                return later or (found[0], head, found[1])
            if bare and head > begin:
                return None
            if not self._modifier(head):
                return None
        return None

    def _later_head(self, at: int) -> tuple[str, int, int] | None:
        """“taxi driver”, “ghost hunter”: the last of several roles in a row is what they are."""
        found = longest(self.words, at, self.lex.roles)
        if found and self._low(at - 1) != "'s" and not self.words[at].capital:
            entry, last = found
            verb = longest(self.words, at, self.lex.acts)
            if verb and self.words[at].low.endswith("s"):
                return None
            return entry, at, last
        return None

    def _fits(self, entry: str, head: int, last: int, begin: int, bare: bool) -> bool:
        role = self.lex.roles[entry]
        following = self._low(last)
        compound = longest(self.words, head, self.lex.places) or longest(
            self.words, head, self.lex.things
        )
        if compound and compound[1] > last:
            return False
        if following in _NOT_ROLE_BEFORE or self._part_of_compound(last):
            return False
        if not bare:
            return True
        word = self.words[head]
        plural = word.low != entry.rsplit(maxsplit=1)[-1] or role.group
        if head != begin:
            return plural and begin == head - 1
        before = self._low(head - 1)
        if before in ("it", "him", "her") and self._low(head - 2) in (
            "call",
            "called",
            "calls",
            "named",
        ):
            return False
        opens = (
            head == 0
            or not self.words[head - 1].is_word
            or before in ("and", "or", "but", "of", "with", "by", "for", "from", "to", "as", "two")
            or any(form in self.lex.acts for form in plain_forms(before))
        )
        if word.low in ("ai", "a.i."):
            return True
        if word.capital and (head == 0 or not self.words[head - 1].is_word):
            return plural or (role.kin and self._low(last) not in ("",)) or word.low in TITLES
        return (plural and opens) or (word.capital and role.kin)

    def _part_of_compound(self, last: int) -> bool:
        """“doctor bag”, “fairy castle”: a thing or place behind a role, that is no verb."""
        if last >= len(self.words) or not self.words[last].is_word:
            return False
        return bool(
            longest(self.words, last, self.lex.things, 1)
            or longest(self.words, last, self.lex.places, 1)
        ) and not longest(self.words, last, self.lex.acts, 1)

    def _modifier(self, at: int) -> bool:
        word = self.words[at]
        if word.low in ADJECTIVES or word.low.endswith(
            ("-year-old", "less", "ful", "ous", "ish", "ary")
        ):
            return True
        if word.low in _NOT_MODIFIERS:
            return False
        if any(form in self.lex.acts for form in plain_forms(word.low)):
            return word.low.endswith(("ed", "ing", "en"))
        return (
            not is_known(word.low, self.lex)
            or word.low in self.lex.things
            or word.low in self.lex.places
        )

    def _plural(self, phrase: Phrase) -> bool:
        last = self.words[phrase.last - 1].low
        return (last != phrase.entry.split()[-1] and last.endswith(("s", "men", "ren"))) or (
            self._low(phrase.first) in _PLURAL_WORDS
        )
