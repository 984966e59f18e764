"""Which secrets there are, and when each may be used. What is said about them stands in the phrase
books.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generation.story.types import Genre, Premise
from generation.storyboard import Prop


@dataclass(frozen=True)
class Secret:
    """A fact that someone is kept from.

    ``turns`` names the secrets that it may turn over; empty for one that comes out first.
    ``women`` and ``men`` are the parts it needs one in. ``hidden`` means that C must not be seen
    before it. ``met`` says that A and B share a roof or a road already; ``absent`` that B is away
    until the secret is out.
    """

    id: str
    genres: tuple[Genre, ...]
    turns: tuple[str, ...] = ()
    women: str = ""
    men: str = ""
    hidden: bool = False
    met: bool = False
    absent: bool = False
    prop: Prop | None = None


_ALL = (
    Secret("drowned", ("ghost",), prop="umbrella"),
    Secret("skin", ("ghost",), women="B", prop="mirror"),
    Secret("inn", ("ghost",), prop="lantern"),
    Secret("substitute", ("romance",), women="B", men="A", met=True),
    Secret("ghostwriter", ("romance",), prop="letter", met=True),
    Secret("spy", ("romance", "wuxia"), prop="letter", met=True),
    Secret("gatekeeper", ("revenge", "wuxia"), prop="sword", met=True),
    Secret("foster", ("revenge", "wuxia"), prop="sword", met=True),
    Secret("medicine", ("palace",), women="AB", prop="cup", met=True),
    Secret("swapped_heir", ("palace",), women="AB", prop="jade", met=True),
    Secret("fake_sword", ("wuxia",), prop="sword"),
    Secret("demon_head", ("wuxia",), prop="cup", met=True),
    Secret("dead_letter", ("mystery",), prop="letter"),
    Secret("wrong_body", ("mystery",), met=True, absent=True),
    Secret("foundling", ("family",), prop="jade", met=True),
    Secret("pawned", ("family",), met=True, prop="jade"),
    Secret("returned", ("family",), prop="cup"),
    Secret("fake_immortal", ("comedy",), prop="fan"),
    Secret("two_betrothals", ("comedy",), women="B", men="A", met=True),
    Secret("freed_fox", ("fable",), prop="lantern"),
    Secret("wish_price", ("fable",), prop="lantern", met=True),
    Secret("both_dead", ("ghost", "mystery"), ("drowned", "skin", "inn", "dead_letter")),
    Secret("pushed", ("ghost", "mystery"), ("drowned", "dead_letter")),
    Secret("guard", ("ghost", "fable"), ("drowned", "skin", "inn", "freed_fox")),
    Secret("knew", ("romance", "palace"), ("spy", "medicine")),
    Secret(
        "until_dawn",
        ("romance", "fable", "family"),
        ("substitute", "ghostwriter", "spy", "freed_fox", "pawned"),
    ),
    Secret("father_seal", ("revenge", "wuxia"), ("gatekeeper", "foster")),
    Secret("wrong_child", ("revenge", "wuxia"), ("gatekeeper", "foster")),
    Secret("bait", ("palace",), ("medicine",), women="AB"),
    Secret("dead_throne", ("palace",), ("medicine", "swapped_heir")),
    Secret("master_let", ("wuxia",), ("fake_sword", "demon_head")),
    Secret(
        "alive_elder",
        ("wuxia", "mystery", "family"),
        ("fake_sword", "demon_head", "foundling", "returned"),
        hidden=True,
    ),
    Secret("sleepwalker", ("mystery",), ("wrong_body", "dead_letter")),
    Secret("one_more", ("mystery",), ("wrong_body", "dead_letter"), hidden=True),
    Secret("at_the_door", ("family",), ("foundling",)),
    Secret("own_letter", ("family", "romance"), ("returned",)),
    Secret("also_fake", ("comedy",), ("fake_immortal", "two_betrothals")),
    Secret("real_official", ("comedy",), ("fake_immortal", "two_betrothals")),
    Secret(
        "asked_for_it",
        ("romance", "family", "ghost", "fable"),
        (
            "substitute",
            "ghostwriter",
            "spy",
            "pawned",
            "foundling",
            "inn",
            "skin",
            "wish_price",
            "returned",
        ),
    ),
    Secret(
        "puppeteer",
        ("romance", "palace", "mystery"),
        (
            "substitute",
            "ghostwriter",
            "spy",
            "swapped_heir",
            "demon_head",
            "dead_letter",
            "gatekeeper",
        ),
    ),
    Secret("hunters_child", ("fable",), ("freed_fox",)),
    Secret("brought_back", ("fable",), ("wish_price",)),
)
SECRETS: Mapping[str, Secret] = {secret.id: secret for secret in _ALL}

# Where a long season looks next when a genre has told all of its own.
NEIGHBOURS: Mapping[Genre, tuple[Genre, ...]] = {
    "ghost": ("fable", "mystery", "romance", "revenge", "family", "wuxia", "palace", "comedy"),
    "romance": ("family", "fable", "palace", "ghost", "revenge", "wuxia", "mystery", "comedy"),
    "revenge": ("wuxia", "family", "mystery", "palace", "ghost", "romance", "fable", "comedy"),
    "palace": ("romance", "mystery", "revenge", "family", "ghost", "wuxia", "fable", "comedy"),
    "wuxia": ("revenge", "romance", "mystery", "family", "ghost", "palace", "fable", "comedy"),
    "mystery": ("ghost", "revenge", "palace", "wuxia", "family", "romance", "fable", "comedy"),
    "family": ("romance", "fable", "revenge", "mystery", "ghost", "palace", "wuxia", "comedy"),
    "comedy": ("family", "romance", "fable", "mystery", "wuxia", "ghost", "palace", "revenge"),
    "fable": ("ghost", "romance", "family", "mystery", "wuxia", "revenge", "palace", "comedy"),
}


def first_secrets(genre: Genre) -> tuple[Secret, ...]:
    """Secrets that may come out first in a story of this genre."""
    return tuple(secret for secret in _ALL if not secret.turns and genre in secret.genres)


def twist_secrets(first: str) -> tuple[Secret, ...]:
    """Secrets that may turn over ``first``."""
    return tuple(secret for secret in _ALL if first in secret.turns)


def secrets_of(premise: Premise) -> tuple[Secret, Secret]:
    """The first secret of a premise and its twist. Raises ``ValueError`` when somebody edited the
    premise to name one that does not exist.
    """
    try:
        return SECRETS[premise.first], SECRETS[premise.twist]
    except KeyError as error:
        raise ValueError(f"there is no secret {error}") from error
