"""A long text as a season: cut at its turns, each episode told in the text's own words."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

from generation.story.facts.types import Facts, Span
from generation.story.telling import naming
from generation.story.telling.clauses import sentences_of
from generation.story.telling.pinning import Marks, without_struck
from generation.story.telling.planning import make_outline
from generation.story.telling.selecting import spoken_seconds, untold
from generation.story.types import Genre, Outline, Season, SeasonEpisode

MAX_EPISODES = 12
_REACH = 0.35  # of an episode: how far a cut may move to stand before a turn
_RECAP = {"zh": "上回说到，", "en": "Last time: "}
_NUMBERED = {"zh": "{title}·第{number}回", "en": "{title}, part {number}"}


def episodes_for(facts: Facts, seconds: float) -> int:
    """How many episodes of ``seconds`` the text fills when about half of it is told."""
    length = spoken_seconds(len(facts.text), facts.language, len(sentences_of(facts.text)))
    return max(1, min(MAX_EPISODES, round(length / 2 / seconds)))


def plan_season(
    facts: Facts,
    episodes: int,
    *,
    seconds: float,
    seed: int,
    genre: Genre,
    marks: Marks = Marks(),  # noqa: B008 - frozen
) -> Season:
    """A season of ``episodes`` (2–12) of a text, each of at most about ``seconds``.

    Every episode but the last breaks off; the next opens with the sentence at which it did. Raises
    ``ValueError`` when the text has fewer sentences than episodes.
    """
    if not 2 <= episodes <= MAX_EPISODES:
        raise ValueError(f"a season has 2 to {MAX_EPISODES} episodes, not {episodes}")
    parts = cut_at_turns(without_struck(facts, marks.struck), episodes, marks.struck)
    title = naming.title(facts, random.Random(f"season {seed}"))
    outlines: list[Outline] = []
    for number, part in enumerate(parts, 1):
        recap = ""
        if outlines:
            last = outlines[-1].beats[-1].told
            recap = _RECAP[facts.language] + last
        outlines.append(
            make_outline(
                facts,
                seconds=seconds,
                seed=seed + number - 1,
                genre=genre,
                within=part,
                recap=recap,
                episode=number,
                finale=number == len(parts),
                marks=marks,
                title=_NUMBERED[facts.language].format(title=title, number=number),
            )
        )
    linked = tuple(
        SeasonEpisode(f"e{number}", outline, f"e{number + 1}" if number < len(outlines) else "")
        for number, outline in enumerate(outlines, 1)
    )
    return Season(title, outlines[0].logline, linked)


def cut_at_turns(facts: Facts, episodes: int, struck: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The text in ``episodes`` parts of about one length, each cut moved to stand right after the
    nearest turn, so that an episode breaks off on it.
    """
    sentences = [
        span for span in sentences_of(facts.text) if span not in struck and not untold(facts, span)
    ]
    if len(sentences) < episodes:
        raise ValueError(f"{len(sentences)} sentences do not fill {episodes} episodes")
    turns = [
        number
        for number, span in enumerate(sentences)
        if any(event.turn and span.start <= event.span.start < span.end for event in facts.events)
    ]
    share = len(sentences) / episodes
    cuts = [0]
    for number in range(1, episodes):
        ideal = number * share
        nearest = min(
            (turn + 1 for turn in turns if abs(turn + 1 - ideal) <= share * _REACH),
            key=lambda at: abs(at - ideal),
            default=round(ideal),
        )
        lowest, highest = cuts[-1] + 1, len(sentences) - (episodes - number)
        cuts.append(max(lowest, min(highest, nearest)))
    cuts.append(len(sentences))
    return tuple(_part(sentences, start, end) for start, end in itertools.pairwise(cuts))


def _part(sentences: Sequence[Span], start: int, end: int) -> Span:
    return Span(sentences[start].start, sentences[end - 1].end)
