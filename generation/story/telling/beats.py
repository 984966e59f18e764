"""One stretch of the text as a beat: where it plays, what is said in it and what is seen."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from generation.story import books
from generation.story.acting import Called, acts_in, feeling_in, people_in
from generation.story.facts.types import EventFact, Facts
from generation.story.scenery import is_modern, scenery_of
from generation.story.telling.clauses import Stretch
from generation.story.things import prop_of
from generation.story.types import Act, Beat, Genre, Operator, PersonId, Thing
from generation.storyboard import Hour, Setting, Weather


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
                    if len(word) > 1
                    or (word and facts.language == "zh" and word not in "他她它我你")
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


class Settings:
    """Where and when each character of the text plays: what it named last, else what comes first,
    else what the seed chooses.
    """

    def __init__(self, facts: Facts, genre: Genre, rng: random.Random) -> None:
        self.facts = facts
        self.called = called_by(facts)
        defaults = books.GENRES[genre]
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
        return Setting(place, hour, weather), board


def _first_hour(facts: Facts) -> Hour | None:
    return next((time.hour for time in facts.times if time.hour), None)


def beat_of(facts: Facts, stretch: Stretch, settings: Settings) -> Beat:
    """The beat that tells a stretch of the text."""
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
        acts=_acts(facts, stretch, events, settings.called),
        board=board,
    )


def _acts(
    facts: Facts, stretch: Stretch, events: Sequence[EventFact], called: Sequence[Called]
) -> tuple[Act, ...]:
    """What is seen: the events' own acts, what the words let be seen, everybody who is named."""
    text = facts.text[stretch.start : stretch.end]
    ids = {person.id for person in facts.people}
    held = _held(facts, stretch)
    acts: list[Act] = []
    for event in events:
        if event.agent not in ids or event.act is None or not _is_done(event, text):
            continue
        to = event.patient if event.patient != event.agent and event.patient in ids else None
        if all((act.person, act.verb) != (event.agent, event.act) for act in acts):
            acts.append(Act(event.agent, event.act, to, held))
    subject = next((event.agent for event in events if event.agent in ids), None)
    if not acts:
        acts = list(acts_in(text, facts.language, called, things_of(facts), subject))
    seen = {act.person for act in acts} | {act.to for act in acts if act.to}
    mentioned: list[PersonId] = [person for _, _, person in people_in(text, called)]
    mentioned += [
        person.id
        for person in facts.people
        if any(span.start < stretch.end and stretch.start < span.end for span in person.spans)
    ]
    mentioned += [who for event in events for who in (event.agent, event.patient) if who in ids]
    for person in dict.fromkeys(mentioned):
        if person not in seen:
            acts.append(Act(person, "stand", None, held if not seen and not acts else ""))
    if held and acts and not any(act.thing for act in acts):
        first = acts[0]
        acts[0] = Act(first.person, first.verb, first.to, held)
    return tuple(acts)


def _is_done(event: EventFact, text: str) -> bool:
    """Whether the event's verb is something to see in ``text``: not what describes a noun (死去的),
    and not a turn of the body that no word speaks of.
    """
    at = text.find(event.verb)
    if at < 0 or text[at + len(event.verb) :].startswith("的") or event.verb == "来自":
        return False
    return event.act != "turn" or bool(re.search(r"转|回头|回身|turn", event.verb))


def _held(facts: Facts, stretch: Stretch) -> str:
    """The first thing that the stretch names."""
    here = [
        thing.text
        for thing in facts.things
        if thing.span.start < stretch.end
        and stretch.start < thing.span.end
        and thing.text in facts.text[stretch.start : stretch.end]
    ]
    return here[0] if here else ""


def as_beat(beat: Beat, operator: Operator, tension: float) -> Beat:
    """The beat in another place of the plot; ``tension`` is brought to at most 1."""
    return replace(beat, operator=operator, tension=round(min(1.0, tension), 3))
