"""From an idea to an outline: a search over story operators.

The planner knows no language. It chooses a genre, a secret and the secret that turns it over, casts
them with what the idea names, and then looks for the path of operators that follows a dramatic arc
best: a beam search whose cost is the distance to the arc, a little seeded chance, and what the idea
asked for. What it says in words comes from the phrase books.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from dataclasses import dataclass

from generation.story import casting, phrases
from generation.story.facts import read_facts
from generation.story.genres import GENRE_DEFAULTS
from generation.story.operators import OPERATOR_RULES, OperatorRule
from generation.story.secrets import NEIGHBOURS, Secret, first_secrets, twist_secrets
from generation.story.types import Beat, Choice, Genre, Language, Operator, Outline, Person, Premise
from generation.story.wishes import Wishes, wishes_of
from generation.storyboard import Figure, Hour, Prop, Setting

VERSION = 2
ENGINE = {"zh": "离线引擎：不含语言模型", "en": "offline engine: no language model"}
MIN_SECONDS, MAX_SECONDS = 24.0, 120.0  # of an episode

_BEAM_WIDTH = 160  # paths followed at once; chosen by hand
# What may happen up to the discovery while B is not there to be seen.
_WITHOUT_OTHER = frozenset({"setup", "aside", "secret", "haunting", "discovery"})
_MIDWAY = frozenset({"placed", "met"})  # a very short episode begins in the middle of things
_BEYOND_MIDWAY = _MIDWAY | {"hinted"}
_TOLD = _BEYOND_MIDWAY | {"exposed"}  # the hook alone has let the secret out
_MIN_SECONDS_WITH_DISCOVERY = 28.0

# Genres that an idea's verbs lean towards.
_LEANINGS: Mapping[Operator, tuple[Genre, ...]] = {
    "betrayal": ("revenge", "romance"),
    "reunion": ("family", "romance"),
    "promise": ("romance", "ghost"),
    "threat": ("revenge",),
    "haunting": ("ghost",),
}

_LATER: Mapping[Hour, Hour] = {"dawn": "dawn", "day": "dusk", "dusk": "night", "night": "night"}
_FIGURES_LEAN: Mapping[Figure, Genre] = {
    "ghost": "ghost", "fox": "fable", "monk": "ghost", "general": "wuxia", "child": "family",
    "elder": "family",
    "crone": "family", "maid": "palace", "official": "mystery",
}  # fmt: skip

_SUMMARIES = {
    "zh": {
        "hook": "钩子：{line}", "setup": "{A}来到{place}", "aside": "说书人插话",
        "meeting": "{A}遇见{B}",
        "bond": "{A}与{B}渐生情谊", "gift": "{prop}作信物", "promise": "立下约定",
        "secret": "{B}身上有说不通的事",
        "warning": "{C}来提醒{A}", "haunting": "怪事上门", "temptation": "{C}拿真相做交易",
        "betrayal": "{B}负了{A}",
        "discovery": "秘密揭开", "confrontation": "{A}当面质问{B}", "oath": "{A}下了决心",
        "threat": "{C}逼上门来",
        "sacrifice": "有人要舍命", "parting": "两人分开", "reunion": "又见面了",
        "reversal": "反转：真相翻面",
        "cliffhanger": "悬念：{question}", "resolution": "尘埃落定",
    },
    "en": {
        "hook": "Hook: {line}", "setup": "{A} comes to {place}",
        "aside": "The storyteller steps in",
        "meeting": "{A} meets {B}", "bond": "{A} and {B} grow close",
        "gift": "The {prop} changes hands",
        "promise": "A promise is made", "secret": "Something about {B} doesn't add up",
        "warning": "{C} warns {A}",
        "haunting": "Something strange at the door",
        "temptation": "{C} offers the truth, at a price",
        "betrayal": "{B} lets {A} down", "discovery": "The secret comes out",
        "confrontation": "{A} faces {B}",
        "oath": "{A} makes up {A.his} mind", "threat": "{C} closes in",
        "sacrifice": "Someone offers a life",
        "parting": "They part", "reunion": "They meet again",
        "reversal": "Reversal: the truth turns over",
        "cliffhanger": "Cliffhanger: {question}", "resolution": "It comes to rest",
    },
}  # fmt: skip


@dataclass(frozen=True)
class _Path:
    rules: tuple[OperatorRule, ...]
    facts: frozenset[str]
    cost: float


def make_outline(
    idea: str,
    *,
    seconds: float = 60.0,
    seed: int = 0,
    language: Language | None = None,
    genre: Genre | None = None,
) -> Outline:
    """Plan one episode from an idea of at most 20,000 characters.

    The same arguments give the same outline. Raises ``UnsuitableIdea`` when there is nothing to
    plan from, ``ValueError`` when ``seconds`` is outside 24–120.
    """
    read = wishes_of(read_facts(idea), language)
    return plan_episode(read, seconds=seconds, seed=seed, genre=genre or choose_genre(read, seed))


def choose_genre(wishes: Wishes, seed: int) -> Genre:
    """The genre that most of the text speaks for: genre words count 1, figures 0.5, operators 0.3.
    ``seed`` breaks ties, also when nothing speaks for any.
    """
    votes = genre_votes(wishes)
    most = max(votes.values())
    leaders = [genre for genre, count in votes.items() if count == most]
    return random.Random(f"genre {seed}").choice(leaders)


def genre_votes(wishes: Wishes) -> dict[Genre, float]:
    """How much of the text speaks for each genre."""
    votes: dict[Genre, float] = dict.fromkeys(GENRE_DEFAULTS, 0.0)
    for genre in wishes.genres:
        votes[genre] += 1.0
    for person in wishes.people:
        if person.figure is not None and person.figure in _FIGURES_LEAN:
            votes[_FIGURES_LEAN[person.figure]] += 0.5
    for operator in wishes.operators:
        for genre in _LEANINGS.get(operator, ()):
            votes[genre] += 0.3
    return votes


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
    finale: bool = False,
) -> Outline:
    """Plan one episode of ``seconds`` (24–120) with secrets whose ids are not in ``used``.

    ``people`` is the cast of a season, None to cast anew; ``recap`` is the sentence that tells what
    went before; ``episode`` is its number from 1; ``finale`` ends the story instead of breaking
    off. Raises ``ValueError`` for a length out of bounds and when no pair of unused secrets is
    left.
    """
    ensure_length(seconds)
    rng = random.Random(f"plan {seed} {genre} {episode} {sorted(used)}")
    first, twist = _choose_secrets(rng, wishes, genre, used, people)
    cast_people = people or casting.cast_people(
        wishes, genre, rng, first.women + twist.women, first.men
    )
    premise = _premise(wishes, genre, rng, first, twist)
    settings = _settings(wishes, genre, rng)
    rules = search(
        rng,
        genre,
        seconds,
        _wanted(wishes),
        first=first,
        hidden=twist.hidden,
        finale=finale,
        recap=bool(recap),
    )
    book = phrases.secret_books(wishes.language)
    slots = casting.slots(wishes.language, cast_people, premise, settings[0])
    question = phrases.fill(book[twist.id].question, slots)
    hook = rng.randrange(len(book[first.id].exchanges["hook"]))
    line = phrases.fill(book[first.id].exchanges["hook"][hook][0].text, slots)
    summary_slots = {**slots, "question": question, "line": line}
    beats = _beats(rules, settings, _SUMMARIES[wishes.language], summary_slots)
    choices = tuple(
        Choice(phrases.fill(text, slots), phrases.fill(after, slots))
        for text, after in zip(book[twist.id].options, book[twist.id].nexts, strict=True)
    )
    return Outline(
        title=phrases.fill(rng.choice(book[first.id].titles), slots),
        language=wishes.language,
        genre=genre,
        seed=seed,
        seconds=float(seconds),
        engine=ENGINE[wishes.language],
        logline=phrases.fill(book[first.id].logline, slots),
        people=cast_people,
        beats=beats,
        question="" if finale else question,
        premise=premise,
        choices=() if finale else choices,
        reading=wishes.reading,
        recap=recap,
        episode=episode,
        finale=finale,
    )


def ensure_length(seconds: float) -> None:
    """Raise ``ValueError`` for a length that no episode has."""
    if not MIN_SECONDS <= seconds <= MAX_SECONDS:
        raise ValueError(
            f"an episode has {MIN_SECONDS:g} to {MAX_SECONDS:g} seconds, not {seconds:g}"
        )


def _beats(
    rules: tuple[OperatorRule, ...],
    settings: tuple[Setting, Setting],
    summaries: Mapping[str, str],
    slots: Mapping[str, str],
) -> tuple[Beat, ...]:
    """The hook and a beat for each rule. The story moves to the second place when the secret comes
    out; the hook shows that place beforehand.
    """
    before, after = settings
    beats = [Beat("hook", after, 0.8, phrases.fill(summaries["hook"], slots))]
    setting = before
    for rule in rules:
        if rule.operator == "discovery":
            setting = after
        summary = phrases.fill(summaries[rule.operator], slots)
        beats.append(Beat(rule.operator, setting, rule.tension, summary))
    return tuple(beats)


def search(
    rng: random.Random,
    genre: Genre,
    seconds: float,
    wanted: dict[str, float],
    *,
    first: Secret,
    hidden: bool = False,
    finale: bool = False,
    recap: bool = False,
) -> tuple[OperatorRule, ...]:
    """The path of operators for an episode of ``seconds``, without the hook.

    ``wanted`` is how much the idea asks for an operator, on the scale of tension. ``first`` is the
    secret that comes out, ``hidden`` keeps the third person off the stage. The path always holds a
    reversal and, from 28 s on, a discovery.
    """
    count = max(3, round(1 + seconds / 9)) if seconds >= _MIN_SECONDS_WITH_DISCOVERY else 2
    last: Operator = "resolution" if finale else "cliffhanger"
    allowed = [
        rule
        for rule in OPERATOR_RULES.values()
        if (not rule.genres or genre in rule.genres)
        and not (hidden and rule.third)
        and rule.operator not in ("reversal", "cliffhanger", "resolution")
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
            return (*path, OPERATOR_RULES["reversal"], OPERATOR_RULES[last])
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


def _wanted(wishes: Wishes) -> dict[str, float]:
    """Operators that the text's verbs ask for."""
    return dict.fromkeys(wishes.operators, 0.45)


def _choose_secrets(
    rng: random.Random,
    wishes: Wishes,
    genre: Genre,
    used: frozenset[str],
    people: tuple[Person, ...] | None,
) -> tuple[Secret, Secret]:
    """A secret to come out and one to turn it over, of this genre or else of the nearest that has
    any left.
    """
    props = {prop for prop, _ in wishes.props}
    for candidate_genre in (genre, *NEIGHBOURS[genre]):
        pairs = [
            (first, twist)
            for first in first_secrets(candidate_genre)
            if first.id not in used
            for twist in twist_secrets(first.id)
            if twist.id not in used
            and casting.can_cast(wishes, people, first.women + twist.women, first.men)
        ]
        if pairs:
            # An idea that names a thing prefers the secret that turns on it.
            fitting = [pair for pair in pairs if pair[0].prop in props]
            return rng.choice(fitting if fitting and rng.random() < 0.7 else pairs)
    raise ValueError("every secret has been told: ask for fewer episodes")


def _premise(
    wishes: Wishes, genre: Genre, rng: random.Random, first: Secret, twist: Secret
) -> Premise:
    prop: Prop = wishes.props[0][0] if wishes.props else rng.choice(GENRE_DEFAULTS[genre].props)
    if not wishes.props and first.prop is not None:
        prop = first.prop
    return Premise(
        first=first.id,
        twist=twist.id,
        prop=prop,
        prop_name=casting.prop_name(wishes, prop),
        place_name=casting.place_name(wishes),
        years=wishes.years or rng.choice((3, 5, 7, 10)),
    )


def _settings(wishes: Wishes, genre: Genre, rng: random.Random) -> tuple[Setting, Setting]:
    """Where the story begins, and where it comes to a head."""
    defaults = GENRE_DEFAULTS[genre]
    places = [place for place, _ in wishes.places]
    hours, weathers = wishes.hours, wishes.weathers
    place = places[0] if places else rng.choice(defaults.places)
    others = [other for other in dict.fromkeys((*places, *defaults.places)) if other != place]
    hour = hours[0] if hours else rng.choice(defaults.hours)
    weather = weathers[0] if weathers else rng.choice(defaults.weathers)
    later = hours[-1] if hours else _LATER[hour]
    second = places[1] if len(set(places)) > 1 and places[1] != place else rng.choice(others)
    return Setting(place, hour, weather), Setting(second, later, weather)
