"""Whether a film keeps the facts of its text, and where: what a maker is shown beside each fact."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generation.story.facts.types import Facts, Span
from generation.story.telling.clauses import sentences_of
from generation.story.telling.selecting import untold
from generation.storyboard import Shot, Storyboard

_HEARD_SHARE = 0.6  # of a clause's words, from which it counts as told
_BEINGS = {"ghost": "鬼 ghost", "fox": "狐 fox", "dragon": "龙 dragon", "robot": "机器人 robot"}


@dataclass(frozen=True)
class KeptFact:
    """One fact and the ids of the shots that show or say it; ``missing`` says why none does.

    ``start`` and ``end`` are its place in the text.
    """

    kind: str
    text: str
    start: int
    end: int
    shots: tuple[str, ...] = ()
    missing: str = ""


def facts_kept(facts: Facts, board: Storyboard) -> tuple[KeptFact, ...]:
    """Every fact of the text and where the film shows or says it."""
    film = _Film(board, facts.language)
    return tuple(_kept(facts, film))


def words_kept(facts: Facts, board: Storyboard) -> float:
    """The share of the text's words (Chinese: pairs of characters) that are heard or read. What
    the text says of the film (no ghosts, please) is not meant to be.
    """
    sentences = [span for span in sentences_of(facts.text) if not untold(facts, span)]
    wanted = {unit for span in sentences for unit in _units(facts.said(span), facts.language)}
    if not wanted:
        return 1.0
    film = _Film(board, facts.language)
    return sum(unit in film.units for unit in wanted) / len(wanted)


class _Film:
    """What is heard, read and seen in each shot."""

    def __init__(self, board: Storyboard, language: str) -> None:
        self.board, self.language = board, language
        self.names = {role.id: role.name for role in board.roles}
        self.words = {shot.id: self._words(shot) for shot in board.shots}
        self.units = {unit for words in self.words.values() for unit in _units(words, language)}

    def _words(self, shot: Shot) -> str:
        words = [cue.text for cue in shot.cues]
        words += [placement.placard for placement in shot.placements]
        words += [shot.board, shot.card.text if shot.card else ""]
        return ("" if self.language == "zh" else " ").join(words)

    def saying(self, *texts: str) -> tuple[str, ...]:
        """The shots in which one of ``texts`` is heard or read as it stands, also where a cut
        parts it.
        """
        found = [
            shot
            for shot, words in self.words.items()
            if any(text and text.lower() in words.lower() for text in texts)
        ]
        return tuple(found or self._saying_across(texts))

    def _saying_across(self, texts: Sequence[str]) -> list[str]:
        gap = "" if self.language == "zh" else " "
        shots = [(shot.id, gap.join(cue.text for cue in shot.cues)) for shot in self.board.shots]
        return [
            shot
            for sooner, later in itertools.pairwise((id_, words) for id_, words in shots if words)
            if any(text.lower() in f"{sooner[1]}{gap}{later[1]}".lower() for text in texts if text)
            for shot in (sooner[0], later[0])
        ]

    def telling(self, text: str) -> tuple[str, ...]:
        """The shots that say words of a clause, when the film says most of them."""
        wanted = _units(text, self.language)
        if not wanted or sum(u in self.units for u in wanted) < _HEARD_SHARE * len(wanted):
            return ()
        return tuple(
            shot
            for shot, words in self.words.items()
            if len(wanted & _units(words, self.language)) * 3 >= min(len(wanted), 6)
        )

    def showing(self, name: str) -> tuple[str, ...]:
        """The shots in which somebody of that name stands."""
        ids = {role for role, called in self.names.items() if called == name}
        return tuple(
            shot.id
            for shot in self.board.shots
            if any(placement.role_id in ids for placement in shot.placements)
        )


def _kept(facts: Facts, film: _Film) -> Iterator[KeptFact]:
    for person in facts.people:
        name = person.name or person.called
        span = person.spans[0] if person.spans else Span(0, 0)
        yield _fact("person", name, span, film.showing(name) or film.saying(name),
                    "not among the cast")  # fmt: skip
    for relation in facts.relations:
        heard = film.saying(relation.word, facts.said(relation.span))
        yield _fact("relation", relation.word, relation.span, heard, "the word is not heard")
    for place in facts.places:
        seen = tuple(
            shot.id for shot in film.board.shots
            if place.location is not None and shot.setting.place == place.location
        )  # fmt: skip
        yield _fact("place", place.text, place.span,
                    tuple(dict.fromkeys((*film.saying(place.text, facts.said(place.span)), *seen))),
                    "neither a set nor a board of it")  # fmt: skip
    for time in facts.times:
        seen = tuple(
            shot.id for shot in film.board.shots
            if (time.hour and shot.setting.hour == time.hour)
            or (time.weather and shot.setting.weather == time.weather)
        )  # fmt: skip
        yield _fact(
            "time",
            time.text,
            time.span,
            film.saying(time.text, facts.said(time.span)) or seen,
            "neither seen nor said",
        )
    for thing in facts.things:
        held = tuple(
            shot.id for shot in film.board.shots
            if any(thing.prop and placement.prop == thing.prop for placement in shot.placements)
        )  # fmt: skip
        yield _fact("thing", thing.text, thing.span,
                    tuple(dict.fromkeys((*film.saying(thing.text, facts.said(thing.span)), *held))),
                    "neither in a hand nor said")  # fmt: skip
    for event in facts.events:
        said = facts.said(event.span)
        yield _fact(
            "event", said, event.span, film.telling(said), "left out: there was no time for it"
        )
    for number in facts.numbers:
        yield _fact(
            "number",
            number.text,
            number.span,
            film.saying(number.text, facts.said(number.span)),
            "not said",
        )
    for negation in facts.negations:
        broken = _broken(negation.what, facts, film)
        yield KeptFact("negation", negation.what, negation.span.start, negation.span.end, broken,
                       f"it is in {', '.join(broken)}" if broken else "")  # fmt: skip


def _broken(what: str, facts: Facts, film: _Film) -> tuple[str, ...]:
    """The shots that show a being that must not be in the film, or name it in a line of the
    engine's own.
    """
    figures = [figure for figure, words in _BEINGS.items() if any(w in what for w in words.split())]
    return tuple(
        shot.id
        for shot in film.board.shots
        if any(
            role.figure in figures
            for role in film.board.roles
            if any(placement.role_id == role.id for placement in shot.placements)
        )
        or any(what in cue.text and cue.text not in facts.text for cue in shot.cues)
    )


def _fact(kind: str, text: str, span: Span, shots: Sequence[str], why: str) -> KeptFact:
    return KeptFact(kind, text, span.start, span.end, tuple(shots), "" if shots else why)


def _units(text: str, language: str) -> set[str]:
    if language == "zh":
        found: set[str] = set()
        for run in re.findall(r"[\w]+", text):
            found |= {run[at : at + 2] for at in range(len(run) - 1)}
        return found
    return set(re.findall(r"[a-z']+", text.lower()))
