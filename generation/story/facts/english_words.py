"""English words: where they stand, and the plain forms that the tables are kept in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from generation.story.facts.lexicon import Lexicon, grammar

# A fixed pattern: nothing that a person typed becomes part of it.
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d[\d,]*(?:st|nd|rd|th|s)?|[^\w\s]|_")

_IRREGULAR = {
    form: base
    for base, forms in (
        line.split(":")
        for line in """be:is was were are been being am|have:has had|go:went gone goes|do:does did done
come:came|meet:met|find:found|leave:left|give:gave given|take:took taken|bring:brought|buy:bought
sell:sold|tell:told|say:said|speak:spoke spoken|steal:stole stolen|break:broke broken|wake:woke woken
choose:chose chosen|fall:fell fallen|fly:flew flown|know:knew known|grow:grew grown|throw:threw thrown
draw:drew drawn|see:saw seen|hear:heard|feel:felt|keep:kept|sleep:slept|weep:wept|sweep:swept|lose:lost
win:won|fight:fought|catch:caught|teach:taught|think:thought|seek:sought|send:sent|lend:lent|spend:spent
build:built|burn:burnt|learn:learnt|hide:hid hidden|ride:rode ridden|write:wrote written|drive:drove driven
rise:rose risen|bite:bit bitten|eat:ate eaten|drink:drank drunk|sing:sang sung|ring:rang rung|sink:sank sunk
swim:swam swum|begin:began begun|run:ran|become:became|forget:forgot forgotten|get:got gotten|shoot:shot
hold:held|stand:stood|understand:understood|sit:sat|lead:led|feed:fed|flee:fled|bleed:bled|read:read
swear:swore sworn|wear:wore worn|tear:tore torn|bear:bore born borne|forgive:forgave forgiven|lie:lying lied
die:dying died|dig:dug|stick:stuck|strike:struck|hang:hung hanged|sew:sewn|show:shown|shake:shook shaken
make:made|pay:paid|lay:laid|light:lit|slay:slew slain|kneel:knelt|dream:dreamt|spare:spared|wind:wound
freeze:froze frozen|forbid:forbade forbidden|betray:betrayed|mistake:mistook|overhear:overheard
blow:blew blown|rebuild:rebuilt|overthrow:overthrew overthrown|arise:arose|awake:awoke|can:could|will:would
deal:dealt|mean:meant|shut:shut|spell:spelt|swing:swung|withdraw:withdrew|undo:undid|bury:buried buries
man:men|woman:women|child:children|wife:wives|thief:thieves|wolf:wolves|knife:knives|life:lives|mouse:mice
goose:geese|person:people|elf:elves|foot:feet|tooth:teeth|leaf:leaves|shelf:shelves""".replace("\n", "|").split("|")
    )
    for form in forms.split()
}  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A word or a mark of the text."""

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it is letters."""
        return self.text[:1].isalpha()


def split_words(text: str) -> list[Word]:
    """Words and marks; a possessive 's is a word of its own."""
    words: list[Word] = []
    for match in _WORD.finditer(text):
        said, start = match[0], match.start()
        low = said.lower()
        for tail in ("'s", "s'"):
            if low.endswith(tail) and len(low) > 2 and low not in _CONTRACTIONS:
                cut = len(said) - len(tail) + (tail == "s'")
                words.append(Word(start, start + cut, said[:cut], low[:cut]))
                said, start, low = said[cut:], start + cut, "'s"
                break
        words.append(Word(start, match.end(), said, low))
    return words


_CONTRACTIONS = grammar("en", "contractions")


@lru_cache(maxsize=20_000)
def plain_forms(low: str) -> tuple[str, ...]:
    """The word, then its plain forms: carries → carry, planned → plan, hiding → hide."""
    return tuple(dict.fromkeys(_forms(low)))


def _forms(low: str) -> Iterator[str]:
    yield low
    if low in _IRREGULAR:
        yield _IRREGULAR[low]
    for ending, instead in (
        ("ies", "y"), ("ves", "fe"), ("ves", "f"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"),
        ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ):  # fmt: skip
        if low.endswith(ending) and len(low) - len(ending) >= 2 and not low.endswith("ss"):
            stem = low[: -len(ending)] + instead
            yield stem
            if ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Name in lower case → ``f`` or ``m``."""
    lines = files("generation.story.facts").joinpath("data/names.en.txt").read_text("utf-8")
    found = {}
    for line in lines.splitlines():
        sex, _, names = line.partition(" ")
        if sex in ("f", "m"):
            found.update(dict.fromkeys(names.lower().split(), sex))
    return found


def longest(words: list[Word], at: int, table: object, most: int = 3) -> tuple[str, int] | None:
    """The longest entry of a table that begins at a word, its last word in any form, and where it
    ends.
    """
    assert hasattr(table, "__contains__")
    for size in range(min(most, len(words) - at), 0, -1):
        part = words[at : at + size]
        if any(not word.is_word and not word.text[0].isdigit() for word in part):
            continue
        head = " ".join(word.low for word in part[:-1])
        for form in plain_forms(part[-1].low):
            entry = f"{head} {form}".strip()
            if entry in table:
                return entry, at + size
    return None


@lru_cache(maxsize=1)
def first_words() -> frozenset[str]:
    """First words of table entries of several words."""
    return frozenset()


def is_known(low: str, lex: Lexicon) -> bool:
    """Whether any plain form of a word is in our tables."""
    return any(form in lex.words or form in _STOP for form in plain_forms(low))


_STOP = grammar("en", "stop")
