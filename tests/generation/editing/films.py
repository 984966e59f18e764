"""Two small films to edit, laid out without a voice: four scenes, three people."""

from __future__ import annotations

from functools import cache

from generation.editing import Change, EditedFilm, Reading, Scope
from generation.story.types import Language, Person, Scene, Script, ScriptLine
from generation.storyboard import Mouth, Setting
from generation.storyboarding import PictureFormat, make_storyboard
from generation.voice import SpokenUtterance, Utterance

# Each scene's lines, "speaker: text"; * is the storyteller.
_LINES = {
    "zh": """
*: 断桥上下着雨。 | A: 你又来借伞了。 | A: 这一次，我不借给你。
A: 断桥的雨，一下就是三年。 | B: 我欠你一把伞，也欠你一句话。 | A: 那句话，我不想听。
C: 施主，放下吧。 | A: 我放不下这把伞。 | B: 那就让我替你撑着。
A: 阿青从来不等人。 | B: 阿青，我回来了。 | *: 雨停了，桥上只剩一把伞。""",
    "en": """
*: Rain fell on the bridge. | A: You came for the umbrella again. | A: I will not lend it.
A: It has rained on the bridge for three years. | B: I owe you an umbrella. | A: And a word.
C: Let it go, madam. | A: I cannot let this umbrella go. | B: Then let me hold it for you.
A: Qing never waits for anybody. | B: Qing, I have come back. | *: The rain stopped at last.""",
}
_PLACES = (("bridge", "night", "rain"), ("bridge", "night", "rain"),
           ("temple", "dusk", "clear"), ("bridge", "dawn", "rain"))  # fmt: skip
_NAMES = {"zh": ("阿青", "许文", "慧明"), "en": ("Qing", "Wen", "Huiming")}


def spoken(utterance: Utterance) -> SpokenUtterance:
    """How long a piece of a line takes, without a voice."""
    seconds = 0.35 + len(utterance.text) * (0.23 if utterance.language == "zh" else 0.058)
    return SpokenUtterance(seconds, (Mouth(0.0, "rest"),))


@cache
def film(language: Language) -> EditedFilm:
    """The film of a language."""
    names = _NAMES[language]
    people = (
        Person("A", names[0], "lady", "jade"),
        Person("B", names[1], "scholar", "indigo"),
        Person("C", names[2], "monk", "ochre"),
    )
    listed = _LINES[language].strip().splitlines()
    scenes = tuple(
        Scene(
            ("hook", "meeting", "reversal", "resolution")[number],  # type: ignore[arg-type]
            Setting(*place),  # type: ignore[arg-type]
            0.4,
            tuple(_line(text) for text in lines.split(" | ")),
            breath=2.0 if number == 1 else 0.0,
        )
        for number, (lines, place) in enumerate(zip(listed, _PLACES, strict=True))
    )
    word = "伞" if language == "zh" else "umbrella"
    script = Script(
        word, language, 3, 40.0, "test", people, scenes, prop="umbrella", prop_name=word
    )
    return EditedFilm(make_storyboard(script, spoken, PictureFormat(256, 448, 8)), script)


def _line(text: str) -> ScriptLine:
    person, _, said = text.partition(": ")
    return ScriptLine(None if person == "*" else person, said)


def short(reading: Reading) -> str:
    """A reading in a line, as the data files write it."""
    if reading.patch is None:
        return reading.kind
    return " + ".join(_change(change) for change in reading.patch.changes)


def _change(change: Change) -> str:
    people = ",".join(change.people) or "-"
    text = f"{change.attribute} {_scope(change.scope)} {people} {change.degree} {change.value}"
    text += f" was {change.old}" if change.old else ""
    text += f" to {change.to}" if change.to else ""
    return text + (f" line {change.line}" if change.line else "")


def _scope(scope: Scope) -> str:
    numbers = ":" + ",".join(map(str, scope.numbers)) if scope.numbers else ""
    return f"{scope.unit}{numbers}" + ("" if scope.part == "all" else f"@{scope.part}")
