"""What is made of a maker's text: filmed as the screenplay that it is, told, or invented from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generation import timing
from generation.story import books, planner, screenplay, season, telling, writer
from generation.story.facts import read_facts
from generation.story.facts.corrections import Correction, apply_corrections
from generation.story.facts.types import Facts
from generation.story.material import Kind, detect_kind
from generation.story.prompt_book import read_prompt_book
from generation.story.scenery import is_modern
from generation.story.types import Genre, Language, Outline, Script, Season
from generation.story.wishes import wishes_of

MIN_SENTENCES = 3  # of a text, for each episode of its season


def make_outline(
    text: str,
    *,
    seconds: float,
    seed: int,
    kind: Kind | None = None,
    language: Language | None = None,
    genre: Genre | None = None,
    pinned: Sequence[str] = (),
    struck: Sequence[str] = (),
    corrections: Sequence[Correction] = (),
) -> Outline:
    """The outline of a film of a text, for an episode of ``seconds`` (24–120).

    ``kind`` None: told from the text's form. A text of a few words in which nothing happens is
    invented from, and so is one that is wanted in another language than it is written in.
    ``pinned`` and ``struck`` are words of sentences that are always told, or never;
    ``corrections`` are applied over the facts that are read. Raises
    ``UnsuitableIdea`` for a text that is too long or has no words, ``ValueError`` for a length out
    of bounds, for words that are not in the text, and for marks on what is not told.
    """
    planner.ensure_length(seconds)
    book = read_prompt_book(text)
    if book.text != text:
        outline = make_outline(
            book.text, seconds=seconds, seed=seed, kind=kind, language=language,
            genre=genre or book.genre, pinned=pinned, struck=struck, corrections=corrections,
        )  # fmt: skip
        return replace(outline, title=book.title or outline.title)
    taken = kind or detect_kind(text)
    if taken == "screenplay":
        _ensure_unmarked(pinned, struck)
        return screenplay.make_outline(text, seconds=seconds, seed=seed, genre=genre)
    facts = apply_corrections(read_facts(text), corrections)
    if is_told(facts, taken, language):
        return telling.make_outline(
            facts, seconds=seconds, seed=seed, genre=genre or genre_of(facts),
            marks=telling.marks_in(text, pinned, struck),
        )  # fmt: skip
    _ensure_unmarked(pinned, struck)
    return planner.make_outline(
        text, seconds=seconds, seed=seed, language=language, genre=genre or _asked(facts),
        without=_denials(facts),
    )  # fmt: skip


def write_script(outline: Outline, measure: timing.Measure) -> Script:
    """The script of an outline by the offline engine, by what it is made of. ``ValueError`` for
    one that it cannot write.
    """
    if outline.material == "screenplay":
        return screenplay.write_script(outline, measure)
    if outline.material == "told":
        return telling.write_script(outline, measure)
    return writer.write_script(outline, measure)


def plan_season(
    text: str,
    episodes: int,
    seed: int = 0,
    *,
    kind: Kind | None = None,
    branch: bool = False,
    seconds: float = 60.0,
    language: Language | None = None,
    genre: Genre | None = None,
    pinned: Sequence[str] = (),
    struck: Sequence[str] = (),
) -> Season:
    """A season of ``episodes`` (2–12) of a text: cut at its turns when it has sentences enough,
    else invented from it. A season with branches is always invented.

    Raises as ``make_outline`` does, and ``ValueError`` for a screenplay.
    """
    book = read_prompt_book(text)
    text, genre = book.text, genre or book.genre
    taken = kind or detect_kind(text)
    if taken == "screenplay":
        raise ValueError("a screenplay is filmed as it stands: its episodes are its own")
    facts = read_facts(text)
    enough = len(telling.sentences_of(text)) >= MIN_SENTENCES * episodes
    if not branch and enough and is_told(facts, taken, language):
        planner.ensure_length(seconds)
        return telling.plan_season(
            facts, episodes, seconds=seconds, seed=seed, genre=genre or genre_of(facts),
            marks=telling.marks_in(text, pinned, struck),
        )  # fmt: skip
    _ensure_unmarked(pinned, struck)
    return season.plan_season(
        text, episodes, seed, branch=branch, seconds=seconds, language=language,
        genre=genre or _asked(facts), without=_denials(facts),
    )  # fmt: skip


def _ensure_unmarked(pinned: Sequence[str], struck: Sequence[str]) -> None:
    if pinned or struck:
        raise ValueError("sentences are pinned and struck in a text that is told; this one is not")


def is_told(facts: Facts, kind: Kind, language: Language | None = None) -> bool:
    """Whether a text is told rather than invented from."""
    if language is not None and language != facts.language:
        return False
    return kind == "prose" or (kind == "idea" and telling.tells(facts))


def recognise_kind(text: str, language: Language | None = None) -> Kind:
    """How a text is taken when its maker says nothing: by its form, and a few words in which
    nothing happens (or that are not in the film's ``language``) as words to invent from.
    """
    kind = detect_kind(text)
    said = read_prompt_book(text).text
    if kind == "screenplay" or is_told(read_facts(said), kind, language):
        return kind
    return "words"


def genre_of(facts: Facts) -> Genre:
    """The genre that the text asks for or that most of its words speak for; never by chance."""
    asked = _asked(facts)
    if asked is not None:
        return asked
    without = _denials(facts)
    denied = planner.denied_genres(without)
    votes = planner.genre_votes(wishes_of(facts))
    best = max((genre for genre in votes if genre not in denied), key=lambda genre: votes[genre])
    if votes[best] > 0:
        return best
    return "city" if is_modern(facts.text) and "city" not in denied else "family"


def _asked(facts: Facts) -> Genre | None:
    """The genre that the text asks for by its name."""
    for tone in facts.tones:
        if tone.kind == "genre" and tone.meaning in books.GENRES:
            return tone.meaning
    return None


def _denials(facts: Facts) -> tuple[str, ...]:
    return tuple(negation.what for negation in facts.negations)


def facts_of(text: str, kind: Kind | None = None) -> Facts | None:
    """The facts of a text that is an idea or prose; None for a screenplay, whose facts are its
    lines.
    """
    said = read_prompt_book(text).text
    return None if (kind or detect_kind(said)) == "screenplay" else read_facts(said)
