"""Drafts of one idea to choose from: what each looks like at a glance, and whether two differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generation.story import drafting
from generation.story.facts.types import Facts
from generation.story.telling.selecting import spoken_seconds
from generation.story.types import Outline
from generation.voice import Utterance

# Words that turn a story where the reader of facts has marked no event as its turn.
_TURNS = re.compile(r"[却竟]|原来|没想到|不料|\b(?:but|yet|instead|until)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """One draft of an idea: its outline, and the lines by which a maker tells it from others.

    ``turn`` is empty when the text has no turn. A language model's draft has no lines yet; the
    summaries of its steps stand for them.
    """

    seed: int
    outline: Outline
    first_line: str
    turn: str
    ending: str


def draft_of(outline: Outline, facts: Facts | None = None) -> Draft:
    """The draft that an outline is; ``facts`` of the text say which of its words turn the story
    where no step of the plot is marked as the turn.
    """
    if outline.material == "invented" and outline.premise is None:
        told = [(beat.operator, [beat.summary]) for beat in outline.beats]
    else:
        script = drafting.write_script(outline, _reading_time)
        told = [(scene.operator, [line.text for line in scene.lines]) for scene in script.scenes]
    told = [(operator, lines) for operator, lines in told if lines]
    turn = next((lines[0] for operator, lines in told if operator == "reversal"), "")
    if not turn and facts is not None and outline.material == "told":
        turn = next((facts.said(event.span) for event in facts.events if event.turn), "")
        body = [line for operator, lines in told if operator != "hook" for line in lines]
        turn = turn or next((line for line in body if _TURNS.search(line)), "")
    return Draft(
        outline.seed,
        outline,
        first_line=told[0][1][0] if told else "",
        turn=turn,
        ending=told[-1][1][-1] if told else "",
    )


def is_different(draft: Draft, others: Iterable[Draft]) -> bool:
    """Whether a draft opens or ends as none of the others does with the same end or opening."""
    return all(
        (draft.first_line, draft.ending) != (other.first_line, other.ending) for other in others
    )


def _reading_time(utterance: Utterance) -> float:
    """About how long a line takes; the voices say it exactly when the script is written."""
    return spoken_seconds(len(utterance.text), utterance.language)
