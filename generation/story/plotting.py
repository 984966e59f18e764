"""The search for a plot: a path of operators that follows a dramatic arc.

A beam search whose cost is the distance to the arc, a little seeded chance, and what the idea asked
for. A path is a plot whose every precondition holds, not a form with gaps.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

from generation.story import books
from generation.story.books import OperatorRule, Secret
from generation.story.types import Genre, Operator

_BEAM_WIDTH = 160  # paths followed at once; chosen by hand
# What may happen up to the discovery while B is not there to be seen.
_WITHOUT_OTHER = frozenset({"setup", "aside", "secret", "haunting", "search", "discovery"})
_MIDWAY = frozenset({"placed", "met"})  # a very short episode begins in the middle of things
_BEYOND_MIDWAY = _MIDWAY | {"hinted"}
_TOLD = _BEYOND_MIDWAY | {"exposed"}  # the hook alone has let the secret out
_LAST_STEPS = frozenset({"hook", "reversal"})


@dataclass(frozen=True)
class _Path:
    rules: tuple[OperatorRule, ...]
    facts: frozenset[str]
    cost: float


def search(
    rng: random.Random,
    genre: Genre,
    seconds: float,
    wanted: dict[str, float],
    *,
    first: Secret,
    ending: Operator = "cliffhanger",
    hidden: bool = False,
    recap: bool = False,
) -> tuple[OperatorRule, ...]:
    """The path of operators for an episode of ``seconds``, without the hook.

    ``wanted`` is how much the idea asks for an operator, on the scale of tension. ``first`` is the
    secret that comes out, ``hidden`` keeps the third person off the stage. The path always holds a
    reversal, ends with ``ending`` and, from the length on that the genre says, has a discovery.
    """
    book = books.GENRES[genre]
    rules = books.OPERATORS
    count = max(3, round(1 + seconds / 9)) if seconds >= book.discovery_from else 2
    allowed = [
        rule
        for rule in rules.values()
        if (not rule.tags or genre in rule.tags)
        and not (hidden and rule.third)
        and not rule.ends
        and rule.operator not in book.never | _LAST_STEPS
        and not (rule.operator == "aside" and recap)
        and not (first.absent and "exposed" in rule.forbids and rule.operator not in _WITHOUT_OTHER)
    ]
    flavour = {
        rule.operator: rng.uniform(0.0, 0.3) - wanted.get(rule.operator, 0.0) for rule in allowed
    }
    while count >= 2:
        # A very short episode begins in the middle of things.
        opening = frozenset({"met"} if first.met else ())
        start = (
            opening
            if count >= 6
            else _MIDWAY
            if count >= 4
            else _BEYOND_MIDWAY
            if count == 3
            else _TOLD
        )
        path = _best_path(rng, allowed, flavour, start, count - 2)
        if path is not None:
            return (*path, rules["reversal"], rules[ending])
        count -= (
            1  # a genre with few operators runs out: the writer lets the places breathe instead
        )
    raise AssertionError("the empty path always holds for the shortest episodes")


def _best_path(
    rng: random.Random,
    allowed: list[OperatorRule],
    flavour: dict[Operator, float],
    start: frozenset[str],
    length: int,
) -> tuple[OperatorRule, ...] | None:
    """The cheapest path of ``length`` rules that leaves the first secret out and the two together;
    None if none.
    """
    beam = [_Path((), start, 0.0)]
    for step in range(length):
        target = _arc(step / max(1, length - 1))
        following = [
            _Path((*path.rules, rule), (path.facts | rule.gives) - rule.takes, path.cost + cost)
            for path in beam
            for rule in allowed
            if rule.needs <= path.facts
            and not rule.forbids & path.facts
            and (uses := sum(done is rule for done in path.rules)) < rule.times
            and path.rules[-1:] != (rule,)
            for cost in (
                abs(rule.tension - target)
                + flavour[rule.operator]
                + 0.45 * uses
                + rng.uniform(0, 0.12),
            )
        ]
        following.sort(key=lambda path: path.cost)
        # Some paths that have got to the secret are kept, lest the beam dawdle and never arrive.
        arrived = [path for path in following[_BEAM_WIDTH:] if "exposed" in path.facts][:40]
        beam = following[:_BEAM_WIDTH] + arrived
    ready = [path for path in beam if "exposed" in path.facts and "apart" not in path.facts]
    return min(ready, key=lambda path: path.cost).rules if ready else None


def _arc(progress: float) -> float:
    """Tension wanted at a point of the way to the reversal: low, a first peak, a breath, then
    up.
    """
    points = ((0.0, 0.2), (0.3, 0.34), (0.5, 0.5), (0.7, 0.72), (1.0, 0.82))
    for (left, low), (right, high) in itertools.pairwise(points):
        if progress <= right:
            return low + (high - low) * (progress - left) / (right - left)
    return points[-1][1]
