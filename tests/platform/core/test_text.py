"""What is left of a text before others may read it."""

import pytest

from huaben.core.problems import Problem
from huaben.core.text import clean_line, clean_text, cleaned_line


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  一\u3000二 \t 三  ", "一 二 三"),
        ("一\r\n\r\n\r\n\r\n二\n三 ", "一\n\n二\n三"),
        ("一\u202e二\u200b三\x07", "一二三"),
        ("\ud800好\ue000", "好"),
        ("e" + "\u0301" * 20, "é" + "\u0301" * 3),
        ("👩\u200d🚀 ❤\ufe0f", "👩\u200d🚀 ❤\ufe0f"),
        ("666", "666"),
    ],
)
def test_words_are_kept_plain(text, kept):
    assert clean_text(text) == kept
    assert clean_text(kept) == kept


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("第一\n二\r\n三\u2028四", "第一 二 三 四"),
        ("ab\u202edc\u2066e", "abdce"),
        ("\u200b\u200c\u200d\ufeff", ""),
        ("\u2800\u3164", ""),
        ("管\u200d理", "管理"),
        ("a\U000e0041b", "ab"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e" + "\u0301" * 40, "é" + "\u0301" * 3),
    ],
)
def test_a_line_is_one_line_without_what_hides(line, kept):
    assert clean_line(line) == kept
    assert clean_line(kept) == kept


def test_a_line_that_shows_nothing_is_refused_by_the_name_of_its_field():
    for sent in ("", "   ", "\u200b"):
        with pytest.raises(Problem) as refused:
            cleaned_line("title", sent, max_length=10)
        assert (refused.value.code, refused.value.errors[0]["field"]) == ("text_needed", "title")
    assert cleaned_line("synopsis", " ", max_length=10, required=False) == ""
    with pytest.raises(Problem, match="text_needed"):
        cleaned_line("text", "\u200b", max_length=10, required=False)
    with pytest.raises(Problem, match="text_too_long"):
        cleaned_line("title", "x" * 11, max_length=10)
