"""From an idea to an outline: a search over story operators.

The planner knows no language. It chooses a genre, a secret and the secret that turns it over, casts
them with what the idea names, and then looks for the path of operators that follows a dramatic arc
best (``plotting``). What it says in words comes from the books. Of secrets, places, things and
words, as many seeds in a row as there are take each once.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Mapping, Sequence

from generation.story import books, casting, plotting
from generation.story.books import OperatorRule, Place, Secret
from generation.story.facts import read_facts
from generation.story.saying import exchanges_of, is_usable, words_kept_out
from generation.story.scenery import is_modern
from generation.story.types import Beat, Choice, Genre, Language, Operator, Outline, Person, Premise
from generation.story.wishes import Wishes, wishes_of
from generation.storyboard import Figure, Hour, Prop, Setting

VERSION = 3
ENGINE = {"zh": "离线引擎：不含语言模型", "en": "offline engine: no language model"}
MIN_SECONDS, MAX_SECONDS = 24.0, 120.0  # of an episode

# Genres that an idea's verbs lean towards.
_LEANINGS: Mapping[Operator, tuple[Genre, ...]] = {
    "betrayal": ("revenge", "romance"),
    "reunion": ("family", "romance"),
    "promise": ("romance",),
    "threat": ("revenge",),
    "haunting": ("ghost",),
}

_LATER: Mapping[Hour, Hour] = {"dawn": "dawn", "day": "dusk", "dusk": "night", "night": "night"}
_FIGURES_LEAN: Mapping[Figure, Genre] = {
    "ghost": "ghost", "fox": "fable", "monk": "wuxia", "general": "wuxia", "child": "family",
    "elder": "family",
    "crone": "family", "maid": "palace", "official": "mystery",
}  # fmt: skip
_YEARS = (3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20)


def make_outline(
    idea: str,
    *,
    seconds: float = 60.0,
    seed: int = 0,
    language: Language | None = None,
    genre: Genre | None = None,
    without: Sequence[str] = (),
) -> Outline:
    """Plan one episode from an idea of at most 20,000 characters.

    ``without`` is what the idea denies, in its words. The same arguments give the same outline.
    Raises ``UnsuitableIdea`` when there is nothing to plan from, ``ValueError`` when ``seconds`` is
    outside 24–120 or there is no such genre.
    """
    read = wishes_of(read_facts(idea), language)
    chosen = genre or choose_genre(read, seed, without)
    ensure_genre(chosen)
    return plan_episode(
        read, seconds=seconds, seed=seed, genre=chosen, without=without,
        ending=books.GENRES[chosen].ending,
    )  # fmt: skip


def ensure_genre(genre: Genre) -> None:
    """Raise ``ValueError`` for a genre that there is not."""
    if genre not in books.GENRES:
        raise ValueError(f"there is no genre {genre!r}; there are {', '.join(books.GENRES)}")


def choose_genre(wishes: Wishes, seed: int, without: Sequence[str] = ()) -> Genre:
    """The genre that most of the idea speaks for: genre words count 1, figures 0.5, events 0.3; of
    equals the one named first. Only where nothing speaks for any, ``seed`` chooses.
    """
    votes = genre_votes(wishes)
    denied = denied_genres(without)
    best = max((genre for genre in votes if genre not in denied), key=lambda genre: votes[genre])
    if votes[best] > 0:
        return best
    if is_modern(wishes.text) and "city" not in denied:
        return "city"
    return books.spread([genre for genre in books.GENRES if genre not in denied], wishes.text, seed)


def denied_genres(without: Sequence[str]) -> frozenset[Genre]:
    """The genres that the words of a denial name."""
    said = " ".join(without).lower()
    return frozenset(
        genre.id for genre in books.GENRES.values()
        if any(_named(word, said) is not None for words in genre.words.values() for word in words)
    )  # fmt: skip


def genre_votes(wishes: Wishes) -> dict[Genre, float]:
    """How much of the idea speaks for each genre, in the order in which it names them."""
    votes: dict[Genre, float] = dict.fromkeys((*wishes.genres, *books.GENRES), 0.0)
    for genre in wishes.genres:
        votes[genre] += 1.0
    for person in wishes.people:
        if person.figure is not None and person.figure in _FIGURES_LEAN:
            votes[_FIGURES_LEAN[person.figure]] += 0.5
    for operator in wishes.operators:
        for leaning in _LEANINGS.get(operator, ()):
            votes[leaning] += 0.3
    return votes


def _named(word: str, text: str) -> int | None:
    """Where a genre's word stands in a text in small letters."""
    if not word.isascii():
        return at if (at := text.find(word)) >= 0 else None
    match = re.search(rf"\b{re.escape(word)}(?:s|es|ed|ing)?\b", text)
    return match.start() if match else None


def plan_episode(
    wishes: Wishes,
    *,
    seconds: float,
    seed: int,
    genre: Genre,
    people: tuple[Person, ...] | None = None,
    used: frozenset[str] = frozenset(),
    recap: str = "",
    episode: int = 1,
    ending: Operator = "cliffhanger",
    without: Sequence[str] = (),
) -> Outline:
    """Plan one episode of ``seconds`` (24–120) with secrets whose ids are not in ``used``.

    ``people`` is the cast of a season, None to cast anew; ``recap`` is the sentence that tells what
    went before; ``episode`` is its number from 1; ``ending`` is the operator that closes it.
    Raises ``ValueError`` for a length out of bounds and when no pair of unused secrets is
    left.
    """
    ensure_length(seconds)
    language = wishes.language
    rng = random.Random(f"plan {seed} {genre} {episode} {sorted(used)}")
    unsaid = words_kept_out(genre, without, language)
    first, twist = _choose_secrets(
        seed, wishes=wishes, genre=genre, used=used, people=people, unsaid=unsaid
    )
    cast_people = people or casting.cast_people(
        wishes, genre, rng, first.women + twist.women, first.men
    )
    premise = _premise(
        wishes, genre, seed, first=first, twist=twist, unsaid=unsaid, episode=episode
    )
    stands = _settings(wishes, genre, seed)
    rules = plotting.search(
        rng, genre, seconds, _wanted(wishes), first=first, hidden=twist.hidden, ending=ending,
        recap=bool(recap),
    )  # fmt: skip
    slots = casting.slots(
        language, cast_people, premise, stands[0][0], genre=genre, seed=seed, board=stands[0][1]
    )

    def said(texts: Sequence[Mapping[str, str]], what: str) -> str:
        text = books.spread(texts, f"{what} {wishes.text}", seed)[language]
        return books.fill(books.word(text, f"{what} {wishes.text}", seed), slots)

    question = said([twist.question], "question")
    hooks = exchanges_of(first, "hook", language, unsaid)
    hook = books.spread(hooks, f"hook {wishes.text}", seed)[0].text[language]
    line = books.fill(books.word(hook, f"{hook} {premise.key}", seed), slots)
    beats = _beats(rules, stands, language, {**slots, "question": question, "line": line})
    choices = tuple(
        Choice(said([text], f"option {at}"), said([after], f"next {at}"))
        for at, (text, after) in enumerate(zip(twist.options, twist.nexts, strict=True))
    )
    open_end = ending == "cliffhanger"
    return Outline(
        title=said(first.titles, "title"),
        language=language,
        genre=genre,
        seed=seed,
        seconds=float(seconds),
        engine=ENGINE[language],
        logline=said([first.logline], "logline"),
        people=cast_people,
        beats=beats,
        question=question if open_end else "",
        premise=premise,
        choices=choices if open_end else (),
        reading=wishes.reading,
        recap=recap,
        episode=episode,
        finale=not open_end,
    )


def ensure_length(seconds: float) -> None:
    """Raise ``ValueError`` for a length that no episode has."""
    if not MIN_SECONDS <= seconds <= MAX_SECONDS:
        raise ValueError(
            f"an episode has {MIN_SECONDS:g} to {MAX_SECONDS:g} seconds, not {seconds:g}"
        )


def _beats(
    rules: tuple[OperatorRule, ...],
    stands: tuple[tuple[Setting, str], tuple[Setting, str]],
    language: Language,
    slots: Mapping[str, str],
) -> tuple[Beat, ...]:
    """The hook and a beat for each rule. The story moves to the second place when the secret comes
    out; the hook shows that place beforehand.
    """
    (before, sign), (after, later_sign) = stands
    hook = books.fill(books.OPERATORS["hook"].summary[language], slots)
    beats = [Beat("hook", after, 0.8, hook, board=later_sign)]
    setting, board = before, sign
    for rule in rules:
        if rule.operator == "discovery":
            setting, board = after, later_sign
        summary = books.fill(rule.summary[language], slots)
        beats.append(Beat(rule.operator, setting, rule.tension, summary, board=board))
    return tuple(beats)


def _wanted(wishes: Wishes) -> dict[str, float]:
    """Operators that the idea's verbs ask for."""
    return dict.fromkeys(wishes.operators, 0.45)


def _choose_secrets(
    seed: int,
    *,
    wishes: Wishes,
    genre: Genre,
    used: frozenset[str],
    people: tuple[Person, ...] | None,
    unsaid: frozenset[str],
) -> tuple[Secret, Secret]:
    """A secret to come out and one to turn it over, of this genre or else of the nearest that has
    any left.
    """
    props = {prop for prop, _ in wishes.props}
    key = wishes.text
    others = [other for other in books.GENRES if other != genre]
    neighbours = books.GENRES[genre].neighbours
    others.sort(key=lambda name: neighbours.index(name) if name in neighbours else len(others))
    for candidate in (genre, *others):
        book = books.GENRES[candidate]
        fit = [
            secret
            for secret in books.secrets().values()
            if secret.id not in used
            and book.suits(secret.tags)
            and is_usable(secret, wishes.language, unsaid)
        ]
        pairs = {
            first.id: (first, twists)
            for first in fit
            if not first.turns
            and (
                twists := [
                    twist
                    for twist in fit
                    if {first.id, first.sort} & set(twist.turns)
                    and casting.can_cast(wishes, people, first.women + twist.women, first.men)
                ]
            )
        }
        if pairs:
            named = [first for first in pairs if pairs[first][0].prop in props]
            # An idea that names a thing sometimes gets the secret that turns on it.
            chosen = books.spread(named if named and seed % 4 == 0 else list(pairs), key, seed)
            first, twists = pairs[chosen]
            return first, books.spread(twists, f"{key} {first.id}", seed)
    raise ValueError("every secret has been told: ask for fewer episodes")


def _premise(
    wishes: Wishes,
    genre: Genre,
    seed: int,
    *,
    first: Secret,
    twist: Secret,
    unsaid: frozenset[str],
    episode: int,
) -> Premise:
    named = wishes.props
    things = books.GENRES[genre].things
    if first.prop is not None and not named:
        things = tuple(thing for thing in things if thing.prop == first.prop) or things
    thing = books.spread(things, f"thing {wishes.text}", seed)
    prop: Prop = named[0][0] if named else thing.prop
    return Premise(
        first=first.id,
        twist=twist.id,
        prop=prop,
        prop_name=casting.prop_name(wishes, prop) if named else thing.names[wishes.language],
        place_name=casting.place_name(wishes),
        years=wishes.years or books.spread(_YEARS, f"years {wishes.text}", seed),
        without=tuple(sorted(unsaid)),
        key=hashlib.sha256(f"{wishes.text} {episode}".encode()).hexdigest()[:12],
    )


def _settings(
    wishes: Wishes, genre: Genre, seed: int
) -> tuple[tuple[Setting, str], tuple[Setting, str]]:
    """Where the story begins, and where it comes to a head, each with the name on its board."""
    book = books.GENRES[genre]
    key = wishes.text
    places = list(dict.fromkeys(place for place, _ in wishes.places))
    asked = [Place(place, {}) for place in places]
    hours, weathers = wishes.hours, wishes.weathers
    first = asked[0] if asked else books.spread(book.sets, f"place {key}", seed)
    others = [place for place in book.sets if place != first and place.location not in places]
    second = (
        asked[1] if len(asked) > 1 else books.spread(others or book.sets, f"second {key}", seed)
    )
    hour = hours[0] if hours else books.spread(book.hours, f"hour {key}", seed)
    later = hours[-1] if hours else _LATER[hour]
    weather = weathers[0] if weathers else books.spread(book.weathers, f"weather {key}", seed)
    return (
        (Setting(first.location, hour, weather), _sign(first, wishes.language)),
        (Setting(second.location, later, weather), _sign(second, wishes.language)),
    )


def _sign(place: Place, language: Language) -> str:
    return place.names[language][0] if place.board and place.names else ""
