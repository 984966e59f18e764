"""What is made of a maker's text: filmed as the screenplay that it is, told, or invented from."""

from __future__ import annotations

from collections.abc import Sequence

from generation import timing
from generation.story import planner, screenplay, season, telling, writer
from generation.story.facts import read_facts
from generation.story.facts.corrections import Correction, apply_corrections
from generation.story.facts.types import Facts
from generation.story.genres import GENRE_DEFAULTS
from generation.story.material import Kind, detect_kind
from generation.story.scenery import is_modern
from generation.story.types import Genre, Language, Outline, Script, Season
from generation.story.wishes import wishes_of

MIN_SENTENCES = 3  # of a text, for each episode of its season

_GENRE_WORDS: tuple[tuple[str, Genre], ...] = (
    ("鬼", "ghost"), ("ghost", "ghost"), ("恐怖", "ghost"), ("horror", "ghost"),
    ("爱情", "romance"), ("恋", "romance"), ("感情线", "romance"), ("romance", "romance"),
    ("love", "romance"), ("复仇", "revenge"), ("revenge", "revenge"), ("血", "revenge"),
    ("blood", "revenge"), ("宫斗", "palace"), ("武", "wuxia"), ("打斗", "wuxia"),
    ("fight", "wuxia"), ("魔法", "fable"), ("magic", "fable"),
)  # fmt: skip


def make_outline(
    text: str,
    *,
    seconds: float,
    seed: int,
    kind: Kind | None = None,
    language: Language | None = None,
    genre: Genre | None = None,
    corrections: Sequence[Correction] = (),
) -> Outline:
    """The outline of a film of a text, for an episode of ``seconds`` (24–120).

    ``kind`` None: told from the text's form. A text of a few words in which nothing happens is
    invented from, and so is one that is wanted in another language than it is written in.
    ``corrections`` are applied over the facts that are read. Raises
    ``UnsuitableIdea`` for a text that is too long or has no words, ``ValueError`` for a length out
    of bounds.
    """
    planner.ensure_length(seconds)
    taken = kind or detect_kind(text)
    if taken == "screenplay":
        return screenplay.make_outline(text, seconds=seconds, seed=seed, genre=genre)
    facts = apply_corrections(read_facts(text), corrections)
    if is_told(facts, taken, language):
        return telling.make_outline(
            facts, seconds=seconds, seed=seed, genre=genre or genre_of(facts)
        )
    return planner.make_outline(
        text, seconds=seconds, seed=seed, language=language, genre=genre or _allowed(facts, seed)
    )


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
) -> Season:
    """A season of ``episodes`` (2–12) of a text: cut at its turns when it has sentences enough,
    else invented from it. A season with branches is always invented.

    Raises as ``make_outline`` does, and ``ValueError`` for a screenplay.
    """
    taken = kind or detect_kind(text)
    if taken == "screenplay":
        raise ValueError("a screenplay is filmed as it stands: its episodes are its own")
    facts = read_facts(text)
    enough = len(telling.sentences_of(text)) >= MIN_SENTENCES * episodes
    if not branch and enough and is_told(facts, taken, language):
        planner.ensure_length(seconds)
        return telling.plan_season(
            facts, episodes, seconds=seconds, seed=seed, genre=genre or genre_of(facts)
        )
    return season.plan_season(
        text, episodes, seed, branch=branch, seconds=seconds, language=language, genre=genre
    )


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
    if kind == "screenplay" or is_told(read_facts(text), kind, language):
        return kind
    return "words"


def genre_of(facts: Facts) -> Genre:
    """The genre that the text asks for or that most of its words speak for; never by chance."""
    for tone in facts.tones:
        if tone.kind == "genre" and tone.meaning in GENRE_DEFAULTS:
            return tone.meaning  # type: ignore[return-value]
    denied = _denied(facts)
    votes = planner.genre_votes(wishes_of(facts))
    best = max((genre for genre in votes if genre not in denied), key=lambda genre: votes[genre])
    if votes[best] > 0:
        return best
    return "mystery" if is_modern(facts.text) and "mystery" not in denied else "family"


def _allowed(facts: Facts, seed: int) -> Genre | None:
    """A genre for an invented film that the text does not deny; None when it denies none."""
    denied = _denied(facts)
    if not denied:
        return None
    wanted = planner.choose_genre(wishes_of(facts), seed)
    return wanted if wanted not in denied else "family" if "family" not in denied else "fable"


def _denied(facts: Facts) -> set[Genre]:
    return {
        genre
        for negation in facts.negations
        for word, genre in _GENRE_WORDS
        if word in negation.what.lower()
    }


def facts_of(text: str, kind: Kind | None = None) -> Facts | None:
    """The facts of a text that is an idea or prose; None for a screenplay, whose facts are its
    lines.
    """
    return None if (kind or detect_kind(text)) == "screenplay" else read_facts(text)
