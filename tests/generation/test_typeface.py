from __future__ import annotations

from pathlib import Path

import pytest
import skia

from generation.typeface import (
    PACKAGE,
    SLICES,
    TypefaceNotFound,
    find_typeface,
    merge_slices,
)
from tests.generation.conftest import TYPEFACE_FOLDERS, repository_typeface


def test_the_merged_face_holds_chinese_and_latin() -> None:
    loaded = skia.Typeface.MakeFromFile(str(repository_typeface()))
    assert all(
        loaded.unicharToGlyph(ord(character)) for character in "且听下回分解话本AIaé，。“”——…〓"
    )


def test_without_a_source_the_error_says_where_was_looked_and_what_helps(tmp_path: Path) -> None:
    with pytest.raises(TypefaceNotFound, match=rf"{tmp_path}.*npm install {PACKAGE}"):
        find_typeface([tmp_path], tmp_path / "var" / "face")
    assert not (tmp_path / "var").exists()


def test_an_installed_file_is_used_as_it_is(tmp_path: Path) -> None:
    installed = tmp_path / "LXGWWenKai-Regular.ttf"
    installed.write_bytes(b"a typeface")
    assert find_typeface([tmp_path], tmp_path / "var" / "face") == installed


def test_slices_are_merged_into_one_face_with_all_their_characters(tmp_path: Path) -> None:
    found = (sorted((folder / PACKAGE / "files").glob(SLICES)) for folder in TYPEFACE_FOLDERS)
    slices = next((slices for slices in found if slices), None)
    if slices is None:
        pytest.skip("lxgw-wenkai-webfont is not installed here (the system's own file is used)")
    out = tmp_path / "face.ttf"
    merge_slices(slices[:3], out)
    loaded = skia.Typeface.MakeFromFile(str(out))
    from fontTools.ttLib import TTFont

    for part in slices[:3]:
        characters = TTFont(part).getBestCmap()
        assert all(loaded.unicharToGlyph(character) for character in characters)


def test_a_broken_slice_leaves_no_half_face(tmp_path: Path) -> None:
    files = tmp_path / PACKAGE / "files"
    files.mkdir(parents=True)
    (files / "lxgwwenkai-regular-subset-1.woff2").write_bytes(b"not a typeface")
    with pytest.raises(Exception, match=r".+"):
        find_typeface([tmp_path], tmp_path / "var" / "face")
    assert not list((tmp_path / "var" / "face").glob("*.ttf")) and not list(
        (tmp_path / "var" / "face").glob("*.part")
    )
