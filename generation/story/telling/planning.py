"""From the facts of a text to an outline whose beats carry the text's own words.

What the text says is never the dice's: the seed chooses how the film opens, what is between the
clauses, and whatever place, hour and weather the text leaves open.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from generation.story.acting import Called, acts_in, feeling_in, people_in
from generation.story.facts.types import EventFact, Facts, PersonFact, Span
from generation.story.genres import GENRE_DEFAULTS
from generation.story.puppets import Character, cast_characters
from generation.story.scenery import is_modern, scenery_of
from generation.story.telling import filling, naming
from generation.story.telling.clauses import Stretch, clause_at, sentences_of, stretches_of
from generation.story.telling.selecting import choose_sentences, spoken_seconds
from generation.story.things import prop_of
from generation.story.types import (
    Act,
    Beat,
    Genre,
    IdeaReading,
    IdeaWord,
    Language,
    Operator,
    Outline,
    PersonId,
    Thing,
)
from generation.storyboard import Hour, Setting, Weather

ENGINE = {"zh": "离线引擎：照原文讲，不含语言模型",
          "en": "offline engine: told in the maker's words, no language model"}  # fmt: skip
MIN_SECONDS = 24.0
_CARDS_SECONDS = 6.0  # of title and end card
_SLACK = 1.35  # by how much pauses and looks may stretch what is spoken
_LEADS = re.compile(r"^(?:但是|可是|然而|不过|但|可|而|And |But |Yet )", re.IGNORECASE)
_HOOKS = ("turn", "quote", "opening")
_REMARK = {
    "zh": "原文能讲的约 {seconds} 秒，比要求的 {asked} 秒短：没有添写没有的事。",
    "en": "There is about {seconds} s to tell, less than the {asked} s asked for: nothing was "
    "made up to fill it.",
}


def tells(facts: Facts) -> bool:
    """Whether there is something to tell: somebody does something."""
    return any(event.verb for event in facts.events)


def make_outline(
    facts: Facts,
    *,
    seconds: float,
    seed: int,
    genre: Genre,
    within: Span | None = None,
    people: Sequence[PersonFact] | None = None,
    recap: str = "",
    episode: int = 1,
    finale: bool | None = None,
    title: str = "",
) -> Outline:
    """Plan a told film of at most about ``seconds`` from the facts of a text.

    ``within`` keeps to a part of the text (an episode of a season); ``people`` is the season's
    cast. ``finale`` None: the film ends where the text does. Raises ``ValueError`` when the text
    has no sentence.
    """
    rng = random.Random(f"tell {seed} {episode}")
    sentences = sentences_of(facts.text)
    if not sentences:
        raise ValueError("there is no sentence to tell")
    budget = seconds - _CARDS_SECONDS - spoken_seconds(len(recap), facts.language)
    chosen = choose_sentences(facts, sentences, budget, within)
    stretches = stretches_of(facts, chosen)
    cast_facts = tuple(people if people is not None else facts.people)
    settings = _Settings(facts, genre, rng)
    called = called_by(facts)
    beats = [_beat(facts, stretch, settings, called) for stretch in stretches]
    ends = finale if finale is not None else _comes_to_rest(facts, stretches)
    beats = _with_arc(facts, beats, ends)
    hook = _hook(facts, stretches, chosen, settings, called, seed)
    if recap:
        beats.insert(0, Beat("setup", beats[0].setting, 0.2, recap, told=recap))
    told_seconds = spoken_seconds(
        sum(len(beat.told) for beat in beats) + len(recap), facts.language, len(beats)
    )
    asked_fill = max(0.0, min(seconds, 60.0) - _CARDS_SECONDS - told_seconds * _SLACK)
    if within is None:
        beats = filling.fill(facts, beats, asked_fill, rng)
    if hook is not None:
        beats.insert(0, hook)
    else:
        beats[0] = _as(beats[0], "hook", 0.7)
    natural = _CARDS_SECONDS + _SLACK * spoken_seconds(
        sum(len(beat.told) for beat in beats), facts.language, len(beats)
    )
    length = max(MIN_SECONDS, min(seconds, round(natural)))
    return Outline(
        title=title or naming.title(facts, rng),
        language=facts.language,
        genre=genre,
        seed=seed,
        seconds=float(length),
        engine=ENGINE[facts.language],
        logline=naming.logline(facts, within),
        people=cast_characters([_character(person, facts.language) for person in cast_facts]),
        beats=tuple(beats),
        question=naming.question(facts, stretches) if not ends else "",
        reading=reading_of(facts),
        recap=recap,
        episode=episode,
        finale=ends,
        material="told",
        things=things_of(facts),
        remark=_REMARK[facts.language].format(seconds=f"{length:g}", asked=f"{seconds:g}")
        if length < seconds - 3
        else "",
    )


def called_by(facts: Facts) -> list[Called]:
    """Everybody with every word that the text calls them by."""
    return [
        Called(
            person.id,
            tuple(
                dict.fromkeys(
                    word
                    for word in (
                        person.called,
                        person.name,
                        *(facts.said(span) for span in person.spans),
                    )
                    if len(word) > 1 or (word and facts.language == "zh" and word not in "他她它我你")
                )
            ),
        )
        for person in facts.people
    ]


def things_of(facts: Facts) -> tuple[Thing, ...]:
    """The things of the text, each with its drawn prop or without."""
    found = {
        thing.text: Thing(thing.text, thing.prop or prop_of(thing.text, facts.language))
        for thing in facts.things
    }
    return tuple(found.values())


def reading_of(facts: Facts) -> IdeaReading:
    """The facts as the words that were understood, for the pages that show them."""
    words = [IdeaWord(person.called, "person", person.being) for person in facts.people]
    words += [IdeaWord(place.text, "place", place.location or "board") for place in facts.places]
    words += [IdeaWord(thing.text, "prop", thing.prop or "placard") for thing in facts.things]
    words += [
        IdeaWord(time.text, "hour", time.hour or time.weather or time.era or "") for time in facts.times
    ]
    words += [IdeaWord(event.verb, "event", event.act or "told") for event in facts.events]
    words += [IdeaWord(fact.what, "negation", "kept out") for fact in facts.negations]
    words += [IdeaWord(tone.text, tone.kind, tone.meaning) for tone in facts.tones]
    return IdeaReading(
        tuple(dict.fromkeys(words)), tuple(facts.said(span) for span in facts.unknown)
    )


class _Settings:
    """Where and when each character of the text plays: what it named last, else what comes first,
    else what the seed chooses.
    """

    def __init__(self, facts: Facts, genre: Genre, rng: random.Random) -> None:
        self.facts = facts
        defaults = GENRE_DEFAULTS[genre]
        modern = is_modern(facts.text) or any(
            time.era in ("modern", "future") for time in facts.times
        )
        self.place = (rng.choice(defaults.places), "") if not modern else ("curtain", "")
        self.hour: Hour = rng.choice(defaults.hours)
        self.weather: Weather = "clear"

    def at(self, start: int, end: int) -> tuple[Setting, str]:
        """The setting of characters ``start`` to ``end`` and the name on its board."""
        facts = self.facts
        place, board = self.place
        places = sorted(facts.places, key=lambda fact: fact.span.start)
        named = [fact for fact in places if fact.span.start < end] or places[:1]
        if named:
            scenery = scenery_of(named[-1].text, named[-1].text, facts.language)
            place = named[-1].location or scenery.place
            board = "" if place != "curtain" and not scenery.board else named[-1].text
            if place == "curtain":
                board = named[-1].text
        hour, weather = self.hour, self.weather
        for time in sorted(facts.times, key=lambda fact: fact.span.start):
            if time.span.start < end or time.hour == _first_hour(facts):
                hour = time.hour or hour
                weather = time.weather or weather
        return Setting(place, hour, weather), board  # type: ignore[arg-type]


def _first_hour(facts: Facts) -> Hour | None:
    return next((time.hour for time in facts.times if time.hour), None)


def _beat(
    facts: Facts, stretch: Stretch, settings: _Settings, called: Sequence[Called]
) -> Beat:
    text = facts.text[stretch.start : stretch.end]
    setting, board = settings.at(stretch.start, stretch.end)
    events = [
        event
        for event in facts.events
        if event.span.start < stretch.end and stretch.start < event.span.end
    ]
    quoted = next((event for event in events if event.quoted and event.quoted in text), None)
    return Beat(
        "telling",
        setting,
        0.35,
        summary=text[:150],
        told=text,
        start=stretch.start,
        end=stretch.end,
        speaker=quoted.agent if quoted else None,
        emotion=feeling_in(text, facts.language) or "calm",
        acts=_acts(facts, stretch, events, called),
        board=board,
    )


def _acts(
    facts: Facts, stretch: Stretch, events: Sequence[EventFact], called: Sequence[Called]
) -> tuple[Act, ...]:
    """What is seen: the events' own acts, what the words let be seen, and everybody who is named."""
    text = facts.text[stretch.start : stretch.end]
    acts: list[Act] = []
    for event in events:
        if event.agent is None or event.act is None or event.verb not in text:
            continue
        to = event.patient if event.patient != event.agent else None
        acts.append(Act(event.agent, event.act, to, _held(facts, stretch)))
    subject = next((event.agent for event in events if event.agent), None)
    if not acts:
        acts = list(acts_in(text, facts.language, called, things_of(facts), subject))
    seen = {act.person for act in acts} | {act.to for act in acts if act.to}
    mentioned: list[PersonId] = [person for _, _, person in people_in(text, called)]
    mentioned += [
        person.id
        for person in facts.people
        if any(span.start < stretch.end and stretch.start < span.end for span in person.spans)
    ]
    mentioned += [who for event in events for who in (event.agent, event.patient) if who]
    held = _held(facts, stretch)
    for person in dict.fromkeys(mentioned):
        if person not in seen:
            acts.append(Act(person, "stand", None, held if not seen and not acts else ""))
    if held and acts and not any(act.thing for act in acts):
        first = acts[0]
        acts[0] = Act(first.person, first.verb, first.to, held)
    return tuple(acts)


def _held(facts: Facts, stretch: Stretch) -> str:
    """The first thing that the stretch names."""
    here = [
        thing.text
        for thing in facts.things
        if thing.span.start < stretch.end and stretch.start < thing.span.end
        and thing.text in facts.text[stretch.start : stretch.end]
    ]
    return here[0] if here else ""


def _comes_to_rest(facts: Facts, stretches: Sequence[Stretch]) -> bool:
    """Whether the last that is told is what came of it all."""
    return any(event.outcome and event.span.end > stretches[-1].start for event in facts.events)


def _with_arc(facts: Facts, beats: Sequence[Beat], ends: bool) -> list[Beat]:
    """Operators and tension: the turn stands out, the end rests or breaks off, tension grows
    between.
    """
    turns = [event.span for event in facts.events if event.turn]
    found: list[Beat] = []
    turned = False
    for number, beat in enumerate(beats):
        tension = 0.25 + 0.5 * number / max(1, len(beats) - 1)
        operator: Operator = "telling"
        if number == 0:
            operator = "setup"
        if number == len(beats) - 1 and len(beats) > 2:
            operator = "resolution" if ends else "cliffhanger"
            tension = 0.5 if ends else 0.95
        elif not turned and any(beat.start < span.end and span.start < beat.end for span in turns):
            operator, tension, turned = "reversal", 0.9, True
        found.append(_as(beat, operator, tension))
    return found


def _as(beat: Beat, operator: Operator, tension: float) -> Beat:
    return replace(beat, operator=operator, tension=round(min(1.0, tension), 3))


def _hook(
    facts: Facts,
    stretches: Sequence[Stretch],
    chosen: Sequence[Span],
    settings: _Settings,
    called: Sequence[Called],
    seed: int,
) -> Beat | None:
    """The words that open the film before it begins at the beginning; None: it opens with its first
    clause. Never the outcome, and never what comes first anyway.
    """
    kind = _HOOKS[seed % len(_HOOKS)]
    options: dict[str, Span] = {}
    told = [event for event in facts.events
            if any(span.start <= event.span.start < span.end for span in chosen)]  # fmt: skip
    for event in told:
        sentence = next(s for s in chosen if s.start <= event.span.start < s.end)
        if event.turn and not event.outcome and "turn" not in options:
            options["turn"] = _opening(facts, sentence, event)
        if event.quoted and "quote" not in options and event.quoted in facts.said(event.span):
            at = facts.text.index(event.quoted, event.span.start)
            options["quote"] = Span(at, at + len(event.quoted))
    first = stretches[0]
    span = options.get(kind) or (options.get("turn") if kind != "opening" else None)
    if span is None or span.start < first.end:
        return None
    stretch = Stretch(span.start, span.end, 0)
    beat = _beat(facts, stretch, settings, called)
    speaker = next((event.agent for event in told
                    if event.quoted and options.get("quote") == span), None)  # fmt: skip
    return replace(_as(beat, "hook", 0.8), speaker=speaker or beat.speaker,
                   emotion=beat.emotion if beat.emotion != "calm" else "surprise")  # fmt: skip


def _opening(facts: Facts, sentence: Span, event: EventFact) -> Span:
    """The turning clause as it can stand alone: without the conjunction before its subject, with
    the clause before it when it has no subject of its own.
    """
    clause = clause_at(facts.text, sentence, event.span.start)
    said = facts.text[clause.start : clause.end]
    lead = _LEADS.match(said)
    if lead and len(said) - lead.end() >= 4:
        return Span(clause.start + lead.end(), clause.end)
    if re.match(r"[却竟]", said) and clause.start > sentence.start:
        before = clause_at(facts.text, sentence, clause.start - 2)
        return Span(before.start, clause.end)
    return clause


def _character(person: PersonFact, language: Language) -> Character:
    return Character(
        person.id,
        person.name or person.called,
        person.sex,
        person.age,
        person.being,
        person.role,
        called=person.name or person.called,
    )

