"""Fountain (https://fountain.io/syntax), as far as a film needs it.

Scene headings, action, character cues, parentheticals, dialogue, transitions, title page, notes,
boneyard, sections, synopses, forced elements and emphasis.
"""

from __future__ import annotations

import re

from generation.story.screenplay.types import (
    Element,
    Line,
    Note,
    Reason,
    SceneText,
    Screenplay,
    lines_of,
)
from generation.story.types import Language

HEADING = re.compile(
    r"^(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E|I\.E)[. ]\s*\S|^\.(?=[^.\s])", re.IGNORECASE
)
_TITLE_KEY = re.compile(
    r"^(Title|Credit|Authors?|Source|Notes|Draft date|Date|Contact|Copyright|Revision)\s*:\s*",
    re.IGNORECASE,
)
_TRANSITION = re.compile(r"^(?:[^a-z]*TO:|FADE (?:IN|OUT|TO)[^a-z]*|CUT TO[^a-z]*|>[^<]*)$")
_CAMERA = re.compile(r"^(?:CLOSE ON|ANGLE ON|POV|CUT TO|SMASH CUT|MONTAGE|INSERT|BACK TO)\b.*$")
_EXTENSION = re.compile(r"\s*\((?:[^()]*)\)\s*")
_NARRATORS = frozenset({"NARRATOR", "STORYTELLER", "NARRATION", "VOICE OVER", "VOICEOVER",
                        "旁白", "画外音", "说书人", "解说"})  # fmt: skip


def count_cues(text: str) -> int:
    """How many character cues the text has: capitals alone on a line, words under it."""
    lines = lines_of(text)
    return sum(_is_cue(lines, number) for number in range(len(lines)))


def read(text: str, language: Language) -> Screenplay:
    """Read a Fountain text; places count characters of ``text``."""
    bare = _without_comments(text)
    return _Reader(text, bare, language).read()


def _without_comments(text: str) -> str:
    """The text with notes and boneyard blanked out, so that every place stays."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match.group())

    return re.sub(r"/\*.*?\*/|\[\[.*?\]\]", blank, text, flags=re.DOTALL)


def _is_cue(lines: tuple[Line, ...], number: int) -> bool:
    text = lines[number].text
    if number + 1 >= len(lines) or not lines[number + 1].text:
        return False
    if number > 0 and lines[number - 1].text:
        return False
    if text.startswith("@"):
        return len(text) > 1
    name = _EXTENSION.sub("", text).rstrip("^").strip()
    if not name or HEADING.match(text) or _TRANSITION.match(text) or _CAMERA.match(text):
        return False
    letters = [letter for letter in name if letter.isalpha()]
    return bool(letters) and name == name.upper() and name != name.lower() and len(name) <= 40


class _Reader:
    """One pass over the lines; ``elements`` gathers the scene that is being read."""

    def __init__(self, text: str, bare: str, language: Language) -> None:
        self.lines = lines_of(bare)
        self.language = language
        self.title = ""
        self.scenes: list[SceneText] = []
        self.notes: list[Note] = [
            Note(match.group().strip("[]/* \n"), "comment", match.start(), match.end())
            for match in re.finditer(r"/\*.*?\*/|\[\[.*?\]\]", text, flags=re.DOTALL)
        ]
        self.heading, self.began, self.at = "", 0, 0
        self.elements: list[Element] = []

    def read(self) -> Screenplay:
        """Read to the end."""
        number = self._title_page()
        while number < len(self.lines):
            number = self._next(number)
        self._close(self.lines[-1].end if self.lines else 0)
        notes = tuple(sorted(self.notes, key=lambda note: note.start))
        return Screenplay(
            self.title, "fountain", self.language, tuple(self.scenes), notes, self._about()
        )

    def _title_page(self) -> int:
        number = 0
        while number < len(self.lines) and not self.lines[number].text:
            number += 1
        if number >= len(self.lines) or not _TITLE_KEY.match(self.lines[number].text):
            return number
        key = ""
        while number < len(self.lines) and self.lines[number].text:
            line = self.lines[number]
            match = _TITLE_KEY.match(line.text)
            value = line.text[match.end() :] if match else line.text
            key = match.group(1).lower() if match else key
            if key == "title" and not self.title:
                self.title = _plain(value)
            elif value and key != "title":
                self._note(line, "page")
            number += 1
        return number

    def _next(self, number: int) -> int:
        line = self.lines[number]
        text = line.text
        self.at = line.start
        if not text:
            return number + 1
        if HEADING.match(text):
            self._close(line.start)
            self.heading = re.sub(r"\s*#[^#]*#$", "", text.lstrip(".")).strip()
            self.began = line.start
        elif _is_cue(self.lines, number):
            return self._dialogue(number)
        elif text.startswith("#") or text.startswith("=") or re.fullmatch(r"[-_~=]{3,}", text):
            self._note(line, "comment")
        elif text.startswith(">") and text.endswith("<"):
            self._add("action", Line(text[1:-1].strip(), line.start + 1))
        elif _TRANSITION.match(text) and not text.startswith("!"):
            self._note(line, "transition")
        elif _CAMERA.match(text):
            self._note(line, "camera")
        else:
            forced = text[0] in "!~"
            self._add("action", Line(text[forced:].strip(), line.start + forced))
        return number + 1

    def _dialogue(self, number: int) -> int:
        cue = self.lines[number]
        name = cue.text.lstrip("@").rstrip("^").strip()
        name = _EXTENSION.sub(" ", name).strip()
        speaker = "" if name.upper() in _NARRATORS else name
        feelings: list[str] = []
        number += 1
        while number < len(self.lines) and self.lines[number].text:
            line = self.lines[number]
            if line.text[0] in "(（" and line.text[-1] in ")）":
                feelings.append(line.text[1:-1].strip())
            else:
                self._speech(line, speaker, feelings)
                feelings = []
            number += 1
        return number

    def _speech(self, line: Line, speaker: str, feelings: list[str]) -> None:
        """A line of dialogue; a parenthetical within it parts it."""
        at = 0
        for match in re.finditer(r"\(([^()]*)\)", line.text):
            self._add_speech(line, at, match.start(), speaker, feelings)
            feelings = [match.group(1)]
            at = match.end()
        self._add_speech(line, at, len(line.text), speaker, feelings)

    def _add_speech(
        self, line: Line, start: int, end: int, speaker: str, feelings: list[str]
    ) -> None:
        said = line.text[start:end]
        if said.strip():
            lead = len(said) - len(said.lstrip())
            self._add(
                "dialogue", Line(said.strip(), line.start + start + lead), speaker, tuple(feelings)
            )

    def _add(self, kind: str, line: Line, name: str = "", feelings: tuple[str, ...] = ()) -> None:
        text = _plain(line.text)
        if text:
            if not self.heading and not self.elements:
                self.began = self.at
            self.elements.append(
                Element("dialogue" if kind == "dialogue" else "action", text, line.start, line.end,
                        name, feelings)
            )  # fmt: skip

    def _note(self, line: Line, reason: Reason) -> None:
        self.notes.append(Note(line.text, reason, line.start, line.end))

    def _close(self, end: int) -> None:
        if self.heading or self.elements:
            self.scenes.append(SceneText(self.heading, self.began, end, tuple(self.elements)))
        self.heading, self.elements = "", []

    def _about(self) -> tuple[tuple[str, str], ...]:
        """What stands after a name in capitals where it is introduced: "MARY (62), a nurse"."""
        found: dict[str, str] = {}
        speakers = {
            element.name for scene in self.scenes for element in scene.elements if element.name
        }
        for scene in self.scenes:
            for element in scene.elements:
                if element.kind != "action":
                    continue
                for name in speakers - set(found):
                    match = re.search(rf"\b{re.escape(name)}\b[,\s(]*([^.!?]*)", element.text)
                    if match:
                        found[name] = match.group(1).strip()
        return tuple(sorted(found.items()))


def _plain(text: str) -> str:
    """Without the marks of emphasis, whose words stay as they are."""
    text = re.sub(r"(?<!\\)(\*{1,3}|_)(?=\S)(.+?)(?<=\S)(?<!\\)\1", r"\2", text)
    return text.replace("\\*", "*").replace("\\_", "_").strip()
