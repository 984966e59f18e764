"""What the storyboard says in words: cards and the summary of each shot."""

from __future__ import annotations

from generation.story.types import Script
from generation.storyboard import Camera, Card, Cue

SEAL = "话本"  # what the seal on each card reads
ENDINGS = {
    ("zh", False): "且听下回分解", ("zh", True): "全剧终", ("en", False): "To be continued",
    ("en", True): "The End",
}  # fmt: skip
# Title and end card are under the names of ``Card.kind``.
_WORDS = {
    "zh": {
        "wide": "远", "medium": "中", "close": "近", "extreme": "特", "hold": "定", "push": "推",
        "pull": "拉",
        "pan_left": "移", "pan_right": "移", "rise": "升", "shake": "震", "breathe": "呼吸",
        "narrator": "旁白",
        "empty": "空镜", "title": "片名", "ending": "尾板", "colon": "：", "dot": " · ",
    },
    "en": {
        "wide": "wide", "medium": "medium", "close": "close", "extreme": "extreme", "hold": "hold",
        "push": "push in",
        "pull": "pull out", "pan_left": "pan", "pan_right": "pan", "rise": "rise", "shake": "shake",
        "breathe": "breathing", "narrator": "storyteller", "empty": "the place alone",
        "title": "title",
        "ending": "end card", "colon": ": ", "dot": " · ",
    },
}  # fmt: skip


def card_summary(script: Script, card: Card) -> str:
    """What a title or an end card says, for people who read the storyboard."""
    words = _WORDS[script.language]
    return f"{words[card.kind]}{words['colon']}{card.text}"


def shot_summary(script: Script, cues: list[Cue], camera: Camera) -> str:
    """Framing, camera move and the first cue of a shot, for people who read the storyboard."""
    words = _WORDS[script.language]
    camera_text = words["dot"].join((words[camera.framing], words[camera.move]))
    if not cues:
        return f"{camera_text}{words['dot']}{words['empty']}"
    names = {person.id: person.name for person in script.people}
    cue = cues[0]
    speaker = names[cue.role_id] if cue.role_id in names else words["narrator"]
    return f"{camera_text}{words['dot']}{speaker}{words['colon']}{cue.text}"
