"""The Chinese form: 第N场 with 内/外 and 日/夜, △ action, 人物：台词; and dialogue lines alone."""

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

TRIANGLES = "△▲▵∆Δ▷►"
_NUMBER = r"[0-9０-９一二三四五六七八九十百零〇两]+"
_HEADING = re.compile(
    rf"^(?:[【\[（(#＃*\s]*)(?:第\s*{_NUMBER}\s*[场場幕](?!的|次|合)|场景\s*(?:{_NUMBER})?\s*[：:\s]|"
    rf"[Ss]cene\s*\d+|{_NUMBER}\s*[-–—－]\s*{_NUMBER}(?=[\s、.．：:]|$))"
)
_INSIDE = r"(?:内|外|内外|内景|外景|室内|室外|内/外|INT|EXT)"
_TIME = (
    r"(?:日|夜|晨|昏|清晨|黄昏|傍晚|白天|夜晚|深夜|早晨|上午|下午|中午|凌晨|日/夜|晚|早|黎明|午后)"
)
# "3. 内 咖啡馆 夜", "咖啡馆 夜 内": both marks, with nothing like speech.
_LOOSE_HEADING = re.compile(
    rf"^(?:{_NUMBER}\s*[.、．\s])?(?=.{{0,40}}$)(?=(?:.*[\s·，,、／/．.—-])?{_INSIDE}(?:[\s·，,、／/．.—-]|$))"
    rf"(?=(?:.*[\s·，,、／/．.—-])?{_TIME}(?:[\s·，,、／/．.—-]|$))[^：:。！？]+$"
)
SPEECH = re.compile(
    r"^(?P<name>[^\s：:，。！？,.!?“”\"「」『』△▲【】\[\]<>《》][^：:，。！？!?“”\"「」△▲【】\n]{0,29}?)"
    r"\s*(?P<tone>(?:[（(【\[][^）)】\]]*[）)】\]]\s*)*)[：:]\s*(?P<said>\S.*)$"
)
_CAST_LINE = re.compile(
    r"^[（(【\[]?(?:出场人物|登场人物|人物表?|角色表?|主要人物|出场|CAST)[】\])）]?\s*[：:]?\s*",
    re.I,
)
_TITLE = re.compile(r"^(?:片名|剧名|标题|题目|[Tt]itle)\s*[：:]\s*(.+)$")
_BOOK_TITLE = re.compile(r"^《([^《》]{1,40})》(?:.{0,12})$")
_EPISODE = re.compile(rf"^第\s*{_NUMBER}\s*[集回]")
_TECHNICAL = re.compile(
    r"^[（(【\[]?(?:镜头|特写|推镜|拉镜|近景|远景|全景|空镜|切至|切到|切回|淡入|淡出|黑场|闪回|"
    r"转场|叠化|FADE|CUT|完|剧终|全剧终|本集完|待续|END)[^：:]{0,20}[】\])）]?[。.]?$",
    re.IGNORECASE,
)
_NARRATORS = frozenset(
    [
        "旁白",
        "画外音",
        "说书人",
        "解说",
        "字幕",
        "独白",
        "旁白音",
        "narrator",
        "storyteller",
        "voiceover",
        "v.o.",
        "vo",
        "旁述",
    ]
)
_ABOUT_KEYS = frozenset(
    "时间 地点 时 景 人物 人 场景 道具 备注 音乐 音效 天气 梗概 简介 作者 编剧 "  # noqa: SIM905
    "time place location author".split()
)
_TONE = re.compile(r"[（(【\[]([^）)】\]]*)[）)】\]]")


def is_heading(line: str) -> bool:
    """Whether a line is the heading of a scene."""
    return bool(_HEADING.match(line) or _LOOSE_HEADING.match(line))


def read(text: str, language: Language) -> Screenplay:
    """Read the Chinese form or plain dialogue lines; places count characters of ``text``."""
    return _Reader(lines_of(text), language).read()


class _Reader:
    """One pass over the lines; ``elements`` gathers the scene that is being read."""

    def __init__(self, lines: tuple[Line, ...], language: Language) -> None:
        self.lines = lines
        self.language = language
        self.title = ""
        self.scenes: list[SceneText] = []
        self.notes: list[Note] = []
        self.about: dict[str, str] = {}
        self.heading, self.began, self.at = "", 0, 0
        self.elements: list[Element] = []
        self.in_cast = False

    def read(self) -> Screenplay:
        """Read to the end."""
        for line in self.lines:
            if line.text:
                self.at = line.start
                self._line(line)
            else:
                self.in_cast = False
        self._close(self.lines[-1].end if self.lines else 0)
        return Screenplay(
            self.title, "chinese", self.language, tuple(self.scenes), tuple(self.notes),
            tuple(sorted(self.about.items())),
        )  # fmt: skip

    def _line(self, line: Line) -> None:
        text = line.text
        at_start = not self.heading and not self.elements
        title = _TITLE.match(text) or (_BOOK_TITLE.match(text) if at_start else None)
        if title and not self.title:
            self.title = title.group(1).strip(" 《》")
        elif is_heading(text):
            self._close(line.start)
            self.heading, self.began, self.in_cast = text, line.start, False
        elif _EPISODE.match(text) and len(text) < 30:
            self._note(line, "page")
            if at_start and not self.title:
                self.title = text
        elif text[0] in TRIANGLES:
            self._action(line, 1)
        elif _CAST_LINE.match(text):
            listed = _CAST_LINE.sub("", text)
            self.in_cast = not listed and at_start  # the list follows, one to a line
            self._cast(line, listed)
        elif self.in_cast and (
            match := re.match(r"^([^\s：:，,（(]{1,10})[：:，,（(\s](.+)$", text)
        ):
            self.about[match.group(1)] = match.group(2)
            self._note(line, "cast")
        elif _TECHNICAL.match(text):
            self._note(line, "camera")
        elif match := SPEECH.match(text):
            self._speech(line, match)
        elif match := re.fullmatch(r"[（(]([^（）()]*)[）)]", text):
            self._add("action", Line(match.group(1), line.start + 1))
        else:
            self._action(line, 0)

    def _cast(self, line: Line, listed: str) -> None:
        self._note(line, "cast")
        for part in re.split(r"[、；;]|，(?=[^，]{2,6}(?:（|\())", listed):
            match = re.match(r"\s*([^（(，,：:]{1,12})[（(，,：:]?(.*)$", part)
            if match and match.group(2):
                self.about.setdefault(match.group(1).strip(), match.group(2).strip("）) "))

    def _action(self, line: Line, skip: int) -> None:
        rest = line.text[skip:].lstrip(" \u3000：:")
        self._add("action", Line(rest, line.end - len(rest)))

    def _speech(self, line: Line, match: re.Match[str]) -> None:
        name = match["name"].strip()
        if name.lower() in _ABOUT_KEYS:
            self._about_scene(line, name, match["said"])
            return
        speaker = "" if name.lower() in _NARRATORS else name
        feelings = _TONE.findall(match["tone"])
        start = match.start("said")
        at = start
        for tone in re.finditer(r"[（(【]([^（）()【】]*)[）)】]", line.text[start:]):
            begin, finish = start + tone.start(), start + tone.end()
            self._say(line, at, begin, speaker, feelings)
            feelings = [*feelings, tone.group(1)] if begin == at else [tone.group(1)]
            at = finish
        self._say(line, at, len(line.text), speaker, feelings)
        if at >= len(line.text) and at > start:  # a look without a word
            before = self.elements[-1] if self.elements else None
            if before is None or before.end < line.start:
                last = line.text.rfind(feelings[-1])
                self._add("action", Line(feelings[-1], line.start + last))

    def _say(self, line: Line, start: int, end: int, speaker: str, feelings: list[str]) -> None:
        said = line.text[start:end]
        bare = said.strip()
        if bare:
            lead = len(said) - len(said.lstrip())
            self._add("dialogue", Line(bare, line.start + start + lead), speaker, tuple(feelings))

    def _about_scene(self, line: Line, key: str, value: str) -> None:
        """时间：夜 and 地点：码头 belong to the heading; the rest is listed."""
        if key in ("时间", "地点", "时", "景", "场景", "time", "place", "location"):
            if not self.elements:
                self.began = self.began if self.heading else line.start
                self.heading = f"{self.heading} {value}".strip()
        elif key in ("人物", "人"):
            self._cast(line, value)
        else:
            self._note(line, "page")

    def _add(self, kind: str, line: Line, name: str = "", feelings: tuple[str, ...] = ()) -> None:
        if line.text:
            if not self.heading and not self.elements:
                self.began = self.at
            self.elements.append(
                Element("dialogue" if kind == "dialogue" else "action", line.text, line.start,
                        line.end, name, feelings)
            )  # fmt: skip

    def _note(self, line: Line, reason: Reason) -> None:
        self.notes.append(Note(line.text, reason, line.start, line.end))

    def _close(self, end: int) -> None:
        if self.heading or self.elements:
            self.scenes.append(SceneText(self.heading, self.began, end, tuple(self.elements)))
        self.heading, self.elements = "", []
