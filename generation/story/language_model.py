"""Outline and script by a language model, when one is given: asked for as JSON, checked, then
treated like any other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, get_args

from generation import timing
from generation.providers import TextProvider
from generation.story import books, fitting, planner
from generation.story.facts import read_facts
from generation.story.facts.corrections import Correction, apply_corrections
from generation.story.facts.types import Facts
from generation.story.genres import ROBES
from generation.story.mending import mend, short_lines
from generation.story.types import (
    Beat,
    Choice,
    Language,
    Outline,
    Person,
    Scene,
    Script,
    ScriptLine,
)
from generation.story.wishes import reading_of
from generation.storyboard import Emotion, Figure, Hour, Location, Robe, Setting, Verb, Weather
from generation.values import from_json, to_json

_IDS = list("ABCDEFGH")
_TEXT = {"type": "string", "minLength": 1, "maxLength": 160}


def _one_of(kind: Any) -> dict[str, Any]:
    return {"enum": list(get_args(kind))}


def _object(**fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _list(item: dict[str, Any], least: int, most: int) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": least, "maxItems": most}


_OUTLINE = _object(
    title={**_TEXT, "maxLength": 40},
    genre={"enum": list(books.GENRES)},
    logline=_TEXT,
    people=_list(_object(id={"enum": _IDS}, name={**_TEXT, "maxLength": 16},
                         figure=_one_of(Figure)), 1, len(_IDS)),
    beats=_list(
        _object(
            operator={"enum": list(books.OPERATORS)}, place=_one_of(Location), hour=_one_of(Hour),
            weather=_one_of(Weather),
            tension={"type": "number", "minimum": 0, "maximum": 1}, summary=_TEXT,
        ),
        3, 18,
    ),
    question=_TEXT,
    choices=_list(_object(text=_TEXT, consequence=_TEXT), 0, 2),
)  # fmt: skip
_SCRIPT = _object(
    scenes=_list(
        _object(
            beat={"type": "integer", "minimum": 0},
            lines=_list(
                _object(
                    person={"enum": [*_IDS, None]}, text=_TEXT, emotion=_one_of(Emotion),
                    verb={"enum": [*get_args(Verb), None]},
                ),
                1, 8,
            ),
        ),
        1, 20,
    ),
)  # fmt: skip

_CRAFT = (
    "You write vertical micro-dramas performed by shadow puppets in old China. The first line is "
    "a hook of at most "
    "eight words (ten Chinese characters). There is at least one reversal, and the end is a "
    "cliffhanger. "
    "Lines are short, spoken, with subtext. Nobody explains the plot."
)
_WRITES: dict[Language, str] = {"zh": "简体中文", "en": "English"}


def make_outline(
    idea: str,
    provider: TextProvider,
    *,
    seconds: float,
    seed: int,
    language: Language | None,
    corrections: Sequence[Correction] = (),
) -> Outline:
    """An outline by the model, for an episode of ``seconds`` (24–120). ``corrections`` are applied
    over the facts that it is given.

    What it loses of the text is mended or listed (``mending.mend``). Raises ``UnsuitableIdea`` as
    ``read_facts`` does, ``ProviderError`` when the model cannot be
    asked or does not answer in the form, ``ValueError`` for a length out of bounds and for people
    who share an id.
    """
    if not planner.MIN_SECONDS <= seconds <= planner.MAX_SECONDS:
        raise ValueError(
            f"an episode has {planner.MIN_SECONDS:g} to {planner.MAX_SECONDS:g} seconds, "
            f"not {seconds:g}"
        )
    facts = apply_corrections(read_facts(idea), corrections)
    spoken = language or facts.language
    instruction = (
        f"{_CRAFT}\nPlan one episode of {seconds:g} seconds in {_WRITES[spoken]} from the "
        "idea below. "
        f"About {max(3, round(1 + seconds / 9))} beats, the first of operator hook, the last two "
        "reversal and "
        "cliffhanger. Below the idea stand its facts: keep every person by name, sex and age, "
        "every place, thing, relation and event, and leave out what is denied. "
        f"Variation {seed}."
    )
    answer = provider.complete(instruction, _with_facts(idea, facts), _OUTLINE)
    robes: list[Robe] = []
    people = []
    for person in answer["people"]:
        figure: Figure = person["figure"]
        robe = next((robe for robe in ROBES[figure] if robe not in robes), ROBES[figure][0])
        robes.append(robe)
        people.append(Person(person["id"], person["name"], figure, robe))
    if len({person.id for person in people}) != len(people):
        raise ValueError("the model gave two people one id")
    outline = Outline(
        title=answer["title"],
        language=spoken,
        genre=answer["genre"],
        seed=seed,
        seconds=float(seconds),
        engine=provider.name,
        logline=answer["logline"],
        people=tuple(people),
        beats=tuple(
            Beat(
                beat["operator"],
                Setting(beat["place"], beat["hour"], beat["weather"]),
                float(beat["tension"]),
                beat["summary"],
            )
            for beat in answer["beats"]
        ),
        question=answer["question"],
        choices=tuple(from_json(Choice, choice) for choice in answer["choices"]),
        reading=reading_of(facts),
    )
    return mend(outline, facts)


def _with_facts(text: str, facts: Facts) -> str:
    """The idea and, under it, what was read in it, as JSON."""
    data = {
        "people": [
            {"name": person.name or person.called, "sex": person.sex, "age": person.age,
             "kind": person.being, "role": person.role}
            for person in facts.people
        ],
        "relations": [[fact.a, fact.word, fact.b] for fact in facts.relations],
        "places": [place.text for place in facts.places],
        "times": [time.text for time in facts.times],
        "things": [thing.text for thing in facts.things],
        "events": [facts.said(event.span) for event in facts.events],
        "not_wanted": [fact.what for fact in facts.negations],
    }  # fmt: skip
    return f"{text}\n\n{json.dumps(data, ensure_ascii=False)}"


def write_script(outline: Outline, provider: TextProvider, measure: timing.Measure) -> Script:
    """A script by the model, its pauses fitted to the asked length, its lines cut to what can be
    said in one breath. ``measure`` gives the spoken seconds of an utterance.

    Raises ``ProviderError`` as ``make_outline`` does, ``ValueError`` for a line that is given to
    nobody in the cast.
    """
    words = round((outline.seconds - 6) * (3.1 if outline.language == "zh" else 2.1))
    instruction = (
        f"{_CRAFT}\nWrite the script of the outline below in {_WRITES[outline.language]}: about "
        f"{words} "
        f"{'characters' if outline.language == 'zh' else 'words'} in all, each line at most "
        f"{'16 characters' if outline.language == 'zh' else '11 words'}. ``beat`` is the index of "
        "the outline's beat; "
        "person null is the storyteller."
    )
    plan = {
        key: to_json(getattr(outline, key))
        for key in ("title", "logline", "people", "beats", "question")
    }
    answer = provider.complete(instruction, json.dumps(plan, ensure_ascii=False), _SCRIPT)
    scenes = []
    for scene in answer["scenes"]:
        beat = outline.beats[min(scene["beat"], len(outline.beats) - 1)]
        written = [
            ScriptLine(line["person"], line["text"], line["emotion"], line["verb"])
            for line in scene["lines"]
        ]
        lines = short_lines(written, outline.language)
        scenes.append(Scene(beat.operator, beat.setting, beat.tension, lines))
    ids = {person.id for person in outline.people}
    stray = next(
        (
            line
            for scene in scenes
            for line in scene.lines
            if line.person and line.person not in ids
        ),
        None,
    )
    if stray is not None:
        raise ValueError(f"the model gave a line to {stray.person}, who is not in the cast")
    script = Script(
        title=outline.title,
        language=outline.language,
        seed=outline.seed,
        seconds=outline.seconds,
        engine=outline.engine,
        people=outline.people,
        scenes=tuple(scenes),
        question=outline.question,
        choices=outline.choices,
        finale=outline.finale,
    )
    return fitting.fit_pauses(script, measure)
