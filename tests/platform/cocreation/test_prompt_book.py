"""Bytes from outside: read as edits of one plain text, or refused; never a crash, never half taken
in.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from huaben.cocreation.prompt_book import MAX_TEXT_LENGTH, MissingUpdates, PromptBook
from huaben.cocreation.yjs_protocol import (
    Awareness,
    awareness_message,
    read_awareness,
    read_message,
)
from huaben.cocreation.yjs_updates import ROOT, MalformedMessage, read_state_vector, read_update
from huaben.core.problems import Problem


def _edits() -> list[bytes]:
    """What a writer sends while typing, erasing and typing again, each edit as it was made."""
    book = PromptBook()
    return [
        book.replace(text)
        for text in ("从前有座山", "从前😀有座山", "有座山，山上有庙", "", "话说😁", "a" * 300)
    ]


EDITS = _edits()


@given(
    edit=st.sampled_from(EDITS),
    cuts=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 2), st.integers(0, 255)),
        max_size=5,
    ),
    known=st.integers(0, len(EDITS)),
)
@settings(max_examples=2000, deadline=None)
def test_an_update_with_bytes_changed_is_taken_in_whole_or_refused(edit, cuts, known):
    data = bytearray(edit)
    for where, how, byte in cuts:
        at = int(where * len(data)) if data else 0
        data[at : at + (how != 1)] = b"" if how == 2 else bytes([byte])
    book = PromptBook()
    for earlier in EDITS[:known]:
        book.apply_new(earlier)
    before = book.text
    try:
        new = book.apply_new(bytes(data))
    except (MalformedMessage, MissingUpdates, Problem):
        return
    assert bool(new) or book.text == before
    assert PromptBook.from_state(book.state).text == book.text


@given(data=st.binary(max_size=200))
@settings(max_examples=1000, deadline=None)
def test_any_bytes_at_all_are_read_or_refused(data):
    for read in (read_update, read_state_vector, read_message, read_awareness):
        try:
            read(data)
        except MalformedMessage:
            continue


@given(
    texts=st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=6
    )
)
@settings(deadline=None)
def test_replacing_the_text_gives_that_text_here_and_wherever_the_edit_arrives(texts):
    here, there = PromptBook(), PromptBook()
    for text in texts:
        if update := here.replace(text):
            there.apply_new(update)
        # U+0000, which no database keeps in a text, stays in the shared one and is left out of what
        # is read.
        assert here.text == there.text == text.replace("\x00", "")


def test_an_edit_that_builds_on_an_unknown_one_is_a_gap_and_changes_nothing():
    book = PromptBook()
    book.apply_new(EDITS[0])
    with pytest.raises(MissingUpdates):
        book.apply_new(EDITS[2])
    assert PromptBook.from_state(book.state).text == "从前有座山"


def test_an_edit_that_is_known_already_brings_nothing_new():
    book = PromptBook()
    assert book.apply_new(EDITS[0]) and not book.apply_new(EDITS[0])


def test_two_texts_written_apart_come_together_the_same_either_way():
    left, right = PromptBook(), PromptBook()
    a, b = left.replace("从前"), right.replace("有座山")
    left.apply_new(b), right.apply_new(a)
    assert left.text == right.text and sorted(left.text) == sorted("从前有座山")


@pytest.mark.parametrize(
    "root", [Text("山"), Map({"a": 1}), Array([1, [2, [3]]])], ids=["text", "map", "array"]
)
def test_anything_but_the_books_own_text_is_refused(root):
    doc = Doc({"elsewhere": root})
    with pytest.raises(MalformedMessage):
        read_update(doc.get_update())


def test_letters_with_a_dress_are_not_plain_text():
    doc: Doc = Doc()
    text = doc.get(ROOT, type=Text)
    text.insert(0, "山", attrs={"bold": True})
    with pytest.raises(MalformedMessage):
        read_update(doc.get_update())


def test_a_text_may_be_as_long_as_it_says_and_no_longer():
    PromptBook().replace("山" * MAX_TEXT_LENGTH)
    with pytest.raises(Problem) as refused:
        PromptBook().replace("山" * (MAX_TEXT_LENGTH + 1))
    assert refused.value.code == "book_too_long"


def test_a_presence_comes_out_as_it_went_in():
    presence = Awareness(2**40, 300, {"cursor": {"anchor": 3}, "user": {"name": "茶客"}})
    assert read_awareness(read_message(awareness_message(presence)).body) == presence
