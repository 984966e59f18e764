"""How a told film closes after the maker's last words: with those alone, held back by a look aside,
or with a line of the storyteller's that sets two of its facts before the audience once more.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from generation.story.facts.types import Facts
from generation.story.telling.filling import called
from generation.story.telling.selecting import spoken_seconds
from generation.story.types import Act, Beat

_ENDINGS = ("plain", "gathered", "held", "parted", "asked")
# Each says two of the text's people or things and asserts nothing.
_CLOSING = {
    "zh": {
        "gathered": ("这一回，说的便是{a}和{b}。", "{a}与{b}，都在这一回里了。"),
        "parted": ("灯影里，这边是{a}，那边是{b}。", "收了灯，且记着{a}，且记着{b}。"),
        "asked": ("那{a}呢？那{b}呢？", "列位且想：{a}呢，{b}呢？"),
        "held": ("且慢，先看看{a}，再看看{b}。", "{a}，{b}，都听好了。"),
    },
    "en": {
        "gathered": ("And that was {a}, and that was {b}.", "So much of {a}, so much of {b}."),
        "parted": ("In the lamplight: here {a}, there {b}.",
                   "The lamp goes down on {a} and on {b}."),
        "asked": ("And {a}? And {b}?", "What of {a}, then? What of {b}?"),
        "held": ("Wait. Look at {a} once more, and at {b}.", "Now, {a}; now, {b}: listen."),
    },
}  # fmt: skip


def close(
    facts: Facts, beats: Sequence[Beat], seconds: float, seed: int, *, ends: bool
) -> list[Beat]:
    """The beats with the seed's ending, where ``seconds`` are left for its line and two facts are
    there to make it of. ``ends``: the text comes to rest, and nothing is asked after it.
    """
    found = list(beats)
    kind = _ENDINGS[seed % len(_ENDINGS)]
    pair = _pair(facts, seed)
    if kind == "asked" and ends:
        kind = "gathered"
    if kind == "plain" or pair is None or len(found) < 2:
        return found
    (a, person), (b, other, thing) = pair
    rng = random.Random(f"end {seed}")
    text = rng.choice(_CLOSING[facts.language][kind]).format(a=a, b=b)
    text = text[:1].upper() + text[1:]
    if seconds < spoken_seconds(len(text), facts.language):
        return found
    last = found[-1]
    acts = [Act(person, "stand", None, thing)]
    if other:
        acts.append(Act(other, "stand"))
    line = Beat("aside", last.setting, min(0.5, last.tension), text, told=text,
                acts=tuple(acts), board=last.board)  # fmt: skip
    if kind != "held":
        return [*found, line]
    # A look aside stands between two sentences, and never two in a row.
    before = found[-2]
    if before.operator == "aside" or before.told.rstrip('”’"」』')[-1:] not in "。！？.!?…":
        return found
    return [*found[:-1], line, last]


def _pair(facts: Facts, seed: int) -> tuple[tuple[str, str], tuple[str, str, str]] | None:
    """Somebody by name and id, and somebody else or a thing by name, id and thing."""
    people = [person for person in facts.people if not person.group]
    others = [(called(person, facts.language), person.id, "") for person in people[1:3]]
    others += [
        (f"the {thing.text}" if facts.language == "en" else thing.text, "", thing.text)
        for thing in facts.things[:2]
    ]
    if not people or not others:
        return None
    chosen = others[seed // len(_ENDINGS) % len(others)]
    return (called(people[0], facts.language), people[0].id), chosen
