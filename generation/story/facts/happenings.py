"""Events of a text while they are being read, in either language."""

from __future__ import annotations

from dataclasses import dataclass

from generation.story.facts.people import Somebody
from generation.story.facts.types import Span
from generation.storyboard import Verb


@dataclass(eq=False)
class Happening:
    """An event so far."""

    span: Span
    at: int  # offset of the verb
    verb: str
    act: Verb | None = None
    agent: Somebody | None = None
    patient: Somebody | None = None
    own_subject: bool = False
    open: bool = False  # nobody was spoken of before: who comes next does it
    passive: bool = False
    denied: bool = False
    turn: bool = False
    outcome: bool = False
    quoted: str = ""
    joint: bool = False  # the patient is only who does it too: 周蕙和何建捡到狗
