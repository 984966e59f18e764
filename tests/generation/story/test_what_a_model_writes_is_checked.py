"""A language model's outline against the facts of the text that it was given."""

from __future__ import annotations

from generation.story.language_model import mend
from generation.story.types import Beat, Outline, Person
from generation.storyboard import Setting
from tests.generation.story.marked import bookshop


def written(*people: Person, summary: str) -> Outline:
    beat = Beat("hook", Setting("street", "night", "rain"), 0.5, summary)
    return Outline(
        "便利店", "zh", "mystery", 1, 60.0, "a model", "一句话", people, (beat,), question=""
    )


def test_people_that_were_forgotten_or_changed_are_put_right() -> None:
    outline = mend(
        written(
            Person("A", "林晓", "general", "ink"), summary="林晓在城南便利店拿到录音笔，回到家门口"
        ),
        bookshop(),
    )
    assert [(person.name, person.figure) for person in outline.people] == [
        ("林晓", "lady"),
        ("林远", "scholar"),
    ]
    assert outline.remark == ""


def test_what_is_lost_or_was_not_wanted_is_shown() -> None:
    outline = mend(written(summary="两人之间的爱情线从家门口开始"), bookshop())
    assert "录音笔、城南便利店" in outline.remark and "爱情线" in outline.remark
