"""Any script as Fountain, so that a writer can take it elsewhere."""

from __future__ import annotations

from generation.story.books.data import PLACES
from generation.story.genres import HOURS
from generation.story.types import Script

_HOURS = {"dawn": "DAWN", "day": "DAY", "dusk": "DUSK", "night": "NIGHT"}
_FEELINGS = {
    "zh": {"joy": "笑", "sorrow": "悲伤", "anger": "怒", "fear": "害怕", "surprise": "惊",
           "love": "温柔", "resolve": "坚定"},
    "en": {"joy": "happily", "sorrow": "sadly", "anger": "angrily", "fear": "afraid",
           "surprise": "surprised", "love": "tenderly", "resolve": "firmly"},
}  # fmt: skip


def to_fountain(script: Script) -> str:
    """The script as Fountain: what the storyteller says is action, which is read out."""
    names = {person.id: person.name for person in script.people}
    blocks = [f"Title: {script.title}\nCredit: {script.engine}"]
    before = ""
    for scene in script.scenes:
        place = scene.board or PLACES[script.language][scene.setting.place][0]
        hour = (
            HOURS["zh"][scene.setting.hour]
            if script.language == "zh"
            else _HOURS[scene.setting.hour]
        )
        heading = f".{place} - {hour}" if script.language == "zh" else f".{place.upper()} - {hour}"
        if heading != before:
            blocks.append(heading)
            before = heading
        for line in scene.lines:
            if line.person is None:
                blocks.append(f"!{line.text}")
                continue
            feeling = _FEELINGS[script.language].get(line.emotion, "")
            tone = f"({feeling})\n" if feeling else ""
            blocks.append(f"@{names[line.person]}\n{tone}{line.text}")
    return "\n\n".join(blocks) + "\n"
