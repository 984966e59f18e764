from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generation.stage.camera import HEIGHT, WIDTH
from generation.stage.lettering import (
    GETA,
    OUTLINE,
    SAFE_BOTTOM,
    SAFE_LEFT,
    SAFE_RIGHT,
    SIZE,
    Typeface,
    break_lines,
    printable,
    subtitle,
)
from generation.storyboard import Card, Mark

from .boards import SHOT, difference, frame, speaking

LONG = {
    "zh": (
        "你说过会在梅花开之前回来，可是我等了三年，等到的只有一封没有署名的信，"
        "你让我怎么再相信你呢？"
    )
    * 2,
    "en": (
        "Three years ago you swore on this lantern that you would come back before the plum trees "
        "bloomed again. "
    )
    * 2,
    "word": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2,
    "marks": "——“《？！》”……" * 8,
}


def test_the_safe_area_ends_where_the_controls_of_a_phone_begin() -> None:
    """390×844, a 9:16 film with object-fit: cover, controls over the bottom 24 % and the right 16 %
    of the screen.
    """
    shown = 844 / HEIGHT
    left = (WIDTH * shown - 390) / 2
    assert SAFE_LEFT * shown - left > 0
    assert SAFE_RIGHT * shown - left <= 390 * (1 - 0.16) + 1e-6
    assert SAFE_BOTTOM * shown <= 844 * (1 - 0.24) + 1e-6


@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize("at", [0.3, 0.9, 1.6])
def test_subtitles_stay_inside_the_safe_area(typeface: Path, kind: str, at: float) -> None:
    language = "en" if kind in ("en", "word") else "zh"
    silent = frame(typeface, speaking(""), at, width=360, height=640, language=language)
    spoken = frame(typeface, speaking(LONG[kind]), at, width=360, height=640, language=language)
    rows, columns = np.nonzero(np.abs(spoken - silent).max(axis=2))
    assert rows.size > 200
    assert columns.min() >= SAFE_LEFT / 2 - 1
    assert columns.max() <= SAFE_RIGHT / 2 + 1
    assert rows.max() <= SAFE_BOTTOM / 2 + 1
    assert rows.min() >= (SAFE_BOTTOM - 3 * SIZE[language]) / 2, "two lines at most"


def test_a_long_speech_turns_pages_at_its_marks_and_loses_no_word(typeface: Path) -> None:
    pages = subtitle(Typeface(typeface), LONG["zh"], "zh")
    assert len(pages) >= 4
    assert [page.start for page in pages] == sorted(page.start for page in pages)
    early = frame(typeface, speaking(LONG["zh"]), 0.3, width=360, height=640)
    late = frame(typeface, speaking(LONG["zh"]), 1.7, width=360, height=640)
    assert difference(early[400:480], late[400:480]) > 1


@pytest.mark.parametrize(
    "text", ["你好😀👨‍👩‍👧", "䶮𠀀𪚥", "e\u0301\u200d\u202e\x00\ufeffabc", "🏮", "", " \n\t "]
)
def test_emoji_rare_signs_and_control_characters_are_drawn_or_left_out(
    typeface: Path, text: str
) -> None:
    assert frame(typeface, speaking(text)).shape == (320, 180, 3)
    pages = subtitle(Typeface(typeface), text, "zh")
    assert bool(pages) == bool(printable(text))


def test_a_character_that_no_face_holds_becomes_a_geta_not_an_empty_box(typeface: Path) -> None:
    letters = Typeface(typeface)
    for piece, font in letters.runs("好\U000e0a00𪚥", 40):
        assert all(font.textToGlyphs(piece)), piece
    assert letters.typeface.unicharToGlyph(ord(GETA))


def test_lines_do_not_begin_or_end_with_the_wrong_mark(typeface: Path) -> None:
    letters = Typeface(typeface)
    for width in range(230, 480, 25):
        broken = break_lines(letters, "他说：“你等我，我一定回来！”她笑了。", width, 43, "zh")
        for line in broken.lines:
            assert line[0] not in "，。！？：”"
            assert line[-1] not in "“"
    english = break_lines(letters, "You never told me, did you, that it was her?", 300, 37, "en")
    assert " ".join(english.lines) == "You never told me, did you, that it was her?"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("密信在这里。一个字也没送出去。", ("密信在这里。", "一个字也没送出去。")),
        ("因为那年冬天，没有你。", ("因为那年冬天，", "没有你。")),
        ("这十年，你一个字都不说！", ("这十年，", "你一个字都不说！")),
    ],
)
def test_a_line_is_parted_where_the_speaker_breathes(
    typeface: Path, text: str, lines: tuple[str, ...]
) -> None:
    assert (
        break_lines(
            Typeface(typeface), text, SAFE_RIGHT - SAFE_LEFT - 2 * OUTLINE, SIZE["zh"], "zh"
        ).lines
        == lines
    )


@pytest.mark.parametrize("corner", ["top_left", "top_right", "bottom_left", "bottom_right"])
@pytest.mark.parametrize("text", ["AI生成", "AI generated", "人工智能合成"])
def test_the_mark_is_as_high_in_ink_as_was_asked(typeface: Path, text: str, corner: str) -> None:
    """Measured on the frame: the lowest letter's own bounds would need a cut, so the whole line is
    the upper check.
    """
    asked = 40.0
    bare = frame(typeface, width=720, height=1280)
    marked = frame(typeface, mark=Mark(text, 0.0, 3.0, asked, corner), width=720, height=1280)  # type: ignore[arg-type]
    changed = np.abs(marked - bare).max(axis=2) > 0
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    plate = marked[rows[0] + 6 : rows[-1] - 5, columns[0] + 6 : columns[-1] - 5]
    ink = plate.min(axis=2) > 170  # paper-coloured letters on a dark plate
    # Letters stand apart: each run of inked columns is a letter or a part of one; the whole line is
    # at least as high.
    heights = [np.flatnonzero(part.any(axis=1)) for part in _letters(ink)]
    assert max(height[-1] - height[0] + 1 for height in heights) >= asked
    assert np.median([height[-1] - height[0] + 1 for height in heights]) >= asked * 0.95


def _letters(ink: np.ndarray) -> list[np.ndarray]:
    filled = ink.any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], filled, [False]]).astype(int)))
    return [ink[:, start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def test_the_mark_stands_for_its_span_of_the_episode_only(typeface: Path) -> None:
    bare = {at: frame(typeface, at=at, width=360, height=640) for at in (0.0, 1.0, 1.9)}
    mark = Mark("AI生成", 0.0, 1.5, 20)
    for at, there in ((0.0, True), (1.0, True), (1.9, False)):
        assert (
            difference(frame(typeface, at=at, mark=mark, width=360, height=640), bare[at]) > 0
        ) is there


def test_a_mark_that_says_nothing_or_does_not_fit_is_refused(typeface: Path) -> None:
    with pytest.raises(ValueError, match="needs text"):
        frame(typeface, mark=Mark("😀", 0, 2, 20))
    with pytest.raises(ValueError, match="does not fit"):
        frame(typeface, mark=Mark("AI生成", 0, 2, 200))


@pytest.mark.parametrize("kind", ["title", "ending"])
@pytest.mark.parametrize("seal", ["", "印", "话本", "聊斋志", "聊斋志异", "😀"])
def test_cards_and_their_seals_are_drawn(typeface: Path, kind: str, seal: str) -> None:
    plain = frame(typeface, SHOT, 1.5)
    card = Card("画皮", seal, 0.0, 2.0, kind)  # type: ignore[arg-type]
    shown = frame(typeface, replace(SHOT, card=card), 1.5)
    assert difference(shown, plain) > 0.5
    red = (shown[..., 0] - shown[..., 1] > 90) & (plain[..., 0] - plain[..., 1] <= 90)
    assert bool(red.sum() > 60) is bool(printable(seal))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(720, 1280), (360, 640), (1080, 1920)])
def test_the_lawful_mark_of_either_language_fits_the_picture(
    typeface: Path, language: str, size: tuple[int, int]
) -> None:
    """The joint of two engines: what moderation.labels asks for, the stage can draw."""
    from moderation.labels import explicit_mark

    lawful = explicit_mark(*size, language)  # type: ignore[arg-type]
    mark = Mark(
        lawful.text,
        lawful.start,
        lawful.end,
        float(lawful.height_px),
        lawful.corner,
        float(lawful.margin_px),
    )
    bare = frame(typeface, width=size[0], height=size[1])
    assert (
        np.abs(frame(typeface, mark=mark, width=size[0], height=size[1]) - bare).max(axis=2) > 0
    ).any()
