"""From a screenplay to outline and script, line for line.

Each scene is one beat that carries the scene's own text, so that an edit there is an edit of the
film. Dialogue is spoken as it stands; action is read by the storyteller while the puppets do what
they can of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from generation import timing
from generation.story import books, fitting
from generation.story.acting import Called, acts_in, feeling_in, renamed
from generation.story.facts import read_facts
from generation.story.puppets import cast_character, cast_characters, described, person_id
from generation.story.screenplay.headings import Heading, read_heading
from generation.story.screenplay.reading import read_screenplay
from generation.story.screenplay.types import Element, SceneText, Screenplay, names_of
from generation.story.things import things_in
from generation.story.types import (
    Beat,
    Genre,
    Language,
    Outline,
    Person,
    PersonId,
    Scene,
    Script,
    ScriptLine,
    Thing,
)
from generation.story.wishes import wishes_of
from generation.storyboard import Emotion, Hour, Setting, Weather

ENGINE = {"zh": "离线引擎：照剧本逐句演，不含语言模型",
          "en": "offline engine: the screenplay line for line, no language model"}  # fmt: skip
_READ_FOR_GENRE = 2_000  # characters, which say it as well as all of them
_MAX_LINE = 150  # characters; a longer speech becomes several lines of one speaker
_CONTINUES = re.compile(r"未完|待续|下集|下回|to be continued", re.IGNORECASE)


def make_outline(
    text: str,
    *,
    seconds: float,
    seed: int,
    language: Language | None = None,
    genre: Genre | None = None,
) -> Outline:
    """The outline of a screenplay, one beat for each scene, which carries the scene's text.

    ``seconds`` is what is asked; the film is as long as the lines take. Raises ``ValueError`` for a
    text without a line.
    """
    screenplay = read_screenplay(text, language)
    spoken = screenplay.language
    characters = [
        described(person_id(number), name, dict(screenplay.about).get(name, ""))
        for number, name in enumerate(_speakers(screenplay.scenes))
    ]
    people = cast_characters(characters)
    chosen: Genre = genre or _genre(text, spoken, seed)
    settings = _settings(screenplay.scenes, chosen, spoken, random.Random(f"scenes {seed}"))
    beats = tuple(
        Beat(
            "telling",
            setting,
            round(0.3 + 0.5 * number / max(1, len(screenplay.scenes) - 1), 3),
            summary=(scene.heading or scene.elements[0].text)[:150] if scene.elements else "",
            told=text[scene.start : scene.end].strip(),
            start=scene.start,
            end=scene.end,
            board=heading.scenery.board if heading else "",
        )
        for number, (scene, (setting, heading)) in enumerate(
            zip(screenplay.scenes, settings, strict=True)
        )
        if scene.elements
    )
    return Outline(
        title=_title(screenplay),
        language=spoken,
        genre=chosen,
        seed=seed,
        seconds=float(seconds),
        engine=ENGINE[spoken],
        logline=_logline(screenplay),
        people=people,
        beats=beats,
        question="",
        finale=not _CONTINUES.search(text[-60:]),
        material="screenplay",
        notation=screenplay.notation,
        things=things_in(
            "\n".join(_actions(screenplay.scenes)), spoken, [person.name for person in people]
        ),
    )


def write_script(outline: Outline, measure: timing.Measure) -> Script:
    """The script of a screenplay's outline: every line of its beats in order.

    Who speaks in an edited beat without being in the cast is cast here. ``measure`` gives the
    spoken seconds of a piece of a line.
    """
    people = list(outline.people)
    scenes = []
    for beat in outline.beats:
        if not beat.told.strip():
            continue
        read = read_screenplay(beat.told, outline.language, outline.notation)
        for name in _speakers(read.scenes):
            if all(name not in (person.called or person.name, person.name) for person in people):
                people.append(cast_character(described(person_id(len(people)), name), people))
        elements = [element for scene in read.scenes for element in scene.elements]
        lines = tuple(
            line
            for element in elements
            for line in _lines(element, outline.language, people, outline.things, beat.start)
        )
        if lines:
            scenes.append(Scene(beat.operator, beat.setting, beat.tension, lines, board=beat.board))
    script = Script(
        title=outline.title,
        language=outline.language,
        seed=outline.seed,
        seconds=outline.seconds,
        engine=outline.engine,
        people=tuple(people),
        scenes=tuple(scenes),
        question=outline.question,
        choices=outline.choices,
        things=outline.things,
        finale=outline.finale,
    )
    return fitting.fit_pauses(script, measure)


def _speakers(scenes: Sequence[SceneText]) -> tuple[str, ...]:
    """Who speaks; of several who speak together, each who also speaks alone stands for them."""
    names = names_of(scenes)
    alone = [name for name in names if len(_together(name)) == 1]
    return tuple(
        dict.fromkeys(
            name
            for name in names
            if name in alone or not any(part in alone for part in _together(name))
        )
    )


def _together(name: str) -> list[str]:
    """The people in a cue for several: 张三、李四, "ANNA & BEN"."""
    return [part.strip() for part in re.split(r"[、&＆/]|\s+和\s*|\sAND\s", name) if part.strip()]


def _lines(
    element: Element,
    language: Language,
    people: Sequence[Person],
    things: Sequence[Thing],
    offset: int,
) -> list[ScriptLine]:
    called = [Called(person.id, (person.called, person.name)) for person in people]
    speaker = _speaker(element.name, people) if element.name else None
    emotion: Emotion = "calm"
    for feeling in element.feelings:
        emotion = feeling_in(feeling, language) or emotion
    if emotion == "calm" and element.kind == "action":
        emotion = feeling_in(element.text, language) or "calm"
    words = " ".join(element.feelings) if element.kind == "dialogue" else element.text
    acts = acts_in(words, language, called, things, subject=speaker)
    if element.kind == "dialogue" and len(_together(element.name)) > 1:
        emotion = emotion if emotion != "calm" else "resolve"
    lines = []
    plain = element.end - element.start == len(element.text)  # no marks of emphasis in it
    for start, end in _stretches(element.text):
        lines.append(
            ScriptLine(
                speaker,
                renamed(element.text[start:end], people),
                emotion,
                acts=acts if start == 0 else (),
                start=offset + element.start + (start if plain else 0),
                end=offset + (element.start + end if plain else element.end),
            )
        )
    return lines


def _speaker(name: str, people: Sequence[Person]) -> PersonId:
    for candidate in (name, *_together(name)):
        for person in people:
            if candidate in (person.called, person.name):
                return person.id
    raise ValueError(f"{name} speaks and is not in the cast")


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where a speech is parted so that each part is a line that can be shown."""
    if len(text) <= _MAX_LINE:
        return [(0, len(text))]
    cuts, start = [], 0
    for match in re.finditer(r"[。！？!?.；;][”’\"')）]*\s*", text):
        if match.end() - start > _MAX_LINE * 0.5:
            cuts.append((start, match.end()))
            start = match.end()
    if start < len(text):
        cuts.append((start, len(text)))
    return [
        (begin + shift, min(end, begin + shift + _MAX_LINE))
        for begin, end in cuts
        for shift in range(0, end - begin, _MAX_LINE)
    ]


def _settings(
    scenes: Sequence[SceneText], genre: Genre, language: Language, rng: random.Random
) -> list[tuple[Setting, Heading | None]]:
    """Where and when each scene stands; what a heading leaves open is as in the scene before."""
    defaults = books.GENRES[genre]
    hour: Hour = "day"
    weather: Weather = "clear"
    place = rng.choice(defaults.places)
    found: list[tuple[Setting, Heading | None]] = []
    for scene in scenes:
        heading = read_heading(scene.heading, language) if scene.heading else None
        if heading is not None and heading.name:
            place = heading.scenery.place
        if heading is not None:
            hour = heading.scenery.hour or hour
            weather = heading.scenery.weather or "clear"
        found.append((Setting(place, hour, weather), heading if heading and heading.name else None))
    return found


def _actions(scenes: Sequence[SceneText]) -> list[str]:
    return [
        element.text for scene in scenes for element in scene.elements if element.kind == "action"
    ]


def _title(screenplay: Screenplay) -> str:
    if screenplay.title:
        return screenplay.title[:80]
    for scene in screenplay.scenes:
        if scene.heading:
            name = read_heading(scene.heading, screenplay.language).name
            if name:
                return name[:40]
    first = screenplay.scenes[0].elements[0].text
    return re.split(r"[，。！？,.!?]", first)[0][:20] or first[:20]


def _logline(screenplay: Screenplay) -> str:
    actions = _actions(screenplay.scenes)
    spoken = screenplay.dialogue
    return (actions[0] if actions else spoken[0].text if spoken else "")[:150]


def _genre(text: str, language: Language, seed: int) -> Genre:
    from generation.story.planner import choose_genre

    return choose_genre(wishes_of(read_facts(text[:_READ_FOR_GENRE], language)), seed)
