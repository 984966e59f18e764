"""The story operators: what each needs of the world, what it leaves behind, and how tight it pulls.

After the tradition of story grammars and planners (Propp's functions; TALE-SPIN, Meehan 1977;
Minstrel, Turner 1993): a plot is a path of operators whose preconditions hold, not a form with
gaps. The world is a set of facts about A (who leads), B (the other) and C (the third).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generation.story.types import Genre, Operator

_NOT_GHOSTLY: frozenset[Genre] = frozenset(
    {"romance", "revenge", "palace", "wuxia", "comedy", "mystery"}
)
_UNCANNY: frozenset[Genre] = frozenset({"ghost", "mystery", "fable", "revenge"})


@dataclass(frozen=True)
class OperatorRule:
    """An operator. ``genres`` empty means any; ``third`` says that C is seen; ``times`` is how
    often it may be used.
    """

    operator: Operator
    needs: frozenset[str]
    forbids: frozenset[str]
    gives: frozenset[str]
    takes: frozenset[str]
    tension: float
    genres: frozenset[Genre] = frozenset()
    third: bool = False
    times: int = 1


def _rule(
    operator: Operator,
    needs: str,
    forbids: str,
    gives: str,
    tension: float,
    *,
    takes: str = "",
    genres: frozenset[Genre] = frozenset(),
    third: bool = False,
    times: int = 1,
) -> OperatorRule:
    def facts(text: str) -> frozenset[str]:
        return frozenset(text.split())

    return OperatorRule(
        operator, facts(needs), facts(forbids), facts(gives), facts(takes), tension, genres, third,
        times
    )  # fmt: skip


OPERATOR_RULES: Mapping[Operator, OperatorRule] = {
    rule.operator: rule
    for rule in (
        _rule("setup", "", "placed", "placed", 0.2),
        _rule("aside", "placed", "exposed", "", 0.3),
        _rule("meeting", "placed", "met", "met", 0.32),
        _rule("bond", "met", "exposed hinted", "warm", 0.2, times=2),
        _rule("gift", "met", "exposed", "token", 0.26),
        _rule("promise", "warm", "exposed sworn", "sworn", 0.32),
        _rule("haunting", "placed", "exposed", "uneasy", 0.55, genres=_UNCANNY, times=2),
        _rule("secret", "met", "exposed", "hinted", 0.46, times=2),
        _rule("warning", "met", "exposed warned", "warned", 0.52, third=True, times=2),
        _rule("temptation", "hinted", "exposed", "tempted", 0.58, third=True),
        _rule(
            "betrayal",
            "sworn",
            "exposed betrayed",
            "betrayed",
            0.74,
            takes="warm",
            genres=_NOT_GHOSTLY,
        ),
        _rule("discovery", "hinted", "exposed", "exposed", 0.72),
        _rule("confrontation", "exposed", "reversed apart", "confronted", 0.78, times=2),
        _rule("parting", "confronted", "reversed apart danger", "apart", 0.5),
        _rule("reunion", "apart", "reversed", "", 0.55, takes="apart"),
        _rule("oath", "confronted", "reversed", "resolved", 0.66),
        _rule("threat", "exposed", "reversed apart", "danger", 0.86, third=True, times=2),
        _rule("sacrifice", "danger", "reversed apart", "given", 0.84),
        _rule("reversal", "exposed", "reversed apart", "reversed", 0.95),
        _rule("cliffhanger", "reversed", "", "open", 1.0),
        _rule("resolution", "reversed", "", "closed", 0.4),
    )
}
