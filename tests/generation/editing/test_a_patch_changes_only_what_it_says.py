"""Patches on a film: new artefacts, a diff in words, and everything else as it was."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Literal

import pytest

from generation.editing import CannotApply, EditedFilm, read_edit
from generation.editing.applying import Edited, apply_patch
from generation.story.types import Script
from generation.storyboard import Shot, Storyboard
from generation.storyboarding import PictureFormat, make_storyboard
from tests.generation.editing.films import film, spoken


@cache
def lay_out(script: Script) -> Storyboard:
    return make_storyboard(script, spoken, PictureFormat(256, 448, 8))


def edit(text: str, of: EditedFilm | Literal["zh", "en"] = "zh") -> Edited:
    edited = film(of) if isinstance(of, str) else of
    reading = read_edit(text, edited)
    assert reading.patch is not None, reading
    return apply_patch(edited, reading.patch, lay_out)


def changed(before: EditedFilm, after: EditedFilm) -> set[int]:
    """The shots (from 0) that are not as they were, ids and summaries aside."""
    bare = [
        [replace(shot, id="", summary="") for shot in one.board.shots] for one in (before, after)
    ]
    assert len(bare[0]) == len(bare[1])
    return {at for at, pair in enumerate(zip(*bare, strict=True)) if pair[0] != pair[1]}


def scene_shots(of: EditedFilm, number: int) -> set[int]:
    ids = {shot.id for shot in of.scenes[number - 1]}
    return {at for at, shot in enumerate(of.board.shots) if shot.id in ids}


def face(shot: Shot, person: str) -> set[str | None]:
    felt = {placement.emotion for placement in shot.placements if placement.role_id == person}
    return felt | {action.emotion for action in shot.actions
                   if action.role_id == person and action.emotion}  # fmt: skip


def test_a_face_changes_where_it_was_asked_and_nowhere_else() -> None:
    before = film("zh")
    after = edit("让主角在第三幕的表情更悲伤一点")
    assert changed(before, after.film) <= scene_shots(before, 3)
    seen = [shot for shot in after.film.scenes[2] if face(shot, "A")]
    assert seen and all(face(shot, "A") == {"sorrow"} for shot in seen)
    assert after.film.script == before.script
    assert any("表情" in found.line("zh") and "悲伤" in found.line("zh")
               and "expression" in found.line("en") for found in after.differences)  # fmt: skip


def test_the_weather_of_a_scene_changes_its_shots_alone_and_the_script_with_it() -> None:
    before = film("en")
    after = edit("make the rain stop in scene 2", "en").film
    # The title stands before the second scene, in its place.
    title = {at for at, shot in enumerate(before.board.shots[:5]) if shot.card is not None}
    assert changed(before, after) == scene_shots(before, 2) | title
    assert after.script is not None and after.script.scenes[1].setting.weather == "clear"
    with pytest.raises(CannotApply, match="no rain") as refused:
        edit("第三场不要下雨")
    assert "雨" in refused.value.text.zh


def test_a_line_in_other_words_changes_one_shot() -> None:
    before = film("zh")
    after = edit("把第二场第二句台词改成“我欠你一把伞，也欠你一个家。”")
    assert len(changed(before, after.film)) == 1
    assert len(after.differences) == 1
    assert after.differences[0].line("zh").endswith("许文：“我欠你一把伞，也欠你一个家。”")


def test_what_was_set_on_the_shots_outlives_a_later_change_of_the_words() -> None:
    first = edit("第二场给阿青一个特写").film
    second = edit("第二场让阿青哭", first).film
    third = edit("音乐安静一点", second).film
    words = edit("第一场第一句台词改成“断桥上，雨还在下。”", third).film
    weather = edit("第二场下雪", words).film
    shots = weather.scenes[1]
    assert any(shot.camera.subject == "A" or shot.camera.framing == "wide" for shot in shots)
    assert any(action.verb == "weep" for shot in shots for action in shot.actions)
    assert {shot.setting.weather for shot in shots} == {"snow"}
    assert weather.board.music == third.board.music < 1
    assert changed(third, words) == {0}


def test_lengths_are_met_to_the_frame_and_words_are_never_cut() -> None:
    before = film("zh")
    after = edit("第二场延长到十二秒").film
    assert sum(shot.duration for shot in after.scenes[1]) == pytest.approx(12.0)
    for shot in after.board.shots:
        assert (shot.duration * 8) == pytest.approx(round(shot.duration * 8))
        assert all(action.end <= shot.duration + 1e-6 for action in shot.actions)
        assert all(cue.end <= shot.duration for cue in shot.cues)
    assert changed(before, after) <= scene_shots(before, 2)
    with pytest.raises(CannotApply) as refused:
        edit("第二场缩短到两秒")
    assert "最短" in refused.value.text.zh and "shortest" in refused.value.text.en


def test_people_kneel_at_the_end_and_can_be_seen_doing_it() -> None:
    after = edit("let Qing and Wen kneel at the end", "en").film
    shot = after.scenes[-1][-1]
    assert {action.role_id for action in shot.actions if action.verb == "kneel"} == {"A", "B"}
    assert {"A", "B"} <= {placement.role_id for placement in shot.placements}
    assert shot.camera.framing in ("wide", "medium")


def test_a_name_is_another_in_the_cast_and_in_every_line() -> None:
    after = edit("把阿青改名叫小满").film
    assert after.script is not None
    said = "".join(line.text for scene in after.script.scenes for line in scene.lines)
    assert "阿青" not in said and said.count("小满") == 2
    assert after.board.roles[0].name == "小满"


def test_scenes_change_places_with_their_shots_untouched() -> None:
    before = film("en")
    after = edit("swap scenes two and three", "en").film
    bare = [sorted(repr(replace(shot, id="", summary="")) for shot in one.board.shots
                   if shot.card is None) for one in (before, after)]  # fmt: skip
    assert bare[0] == bare[1]
    assert next(shot.cues[0].text for shot in after.scenes[1] if shot.cues) == "Let it go, madam."


def test_a_shot_goes_with_its_words_and_cards_stay() -> None:
    before = film("zh")
    number = next(at for at, shot in enumerate(before.board.shots, 1) if shot.cues and at > 1)
    gone = [cue.text for cue in before.board.shots[number - 1].cues]
    after = edit(f"删掉第{number}个镜头").film
    assert after.script is not None and len(after.board.shots) == len(before.board.shots) - 1
    said = [line.text for scene in after.script.scenes for line in scene.lines]
    assert not set(gone) & set(said)
    with pytest.raises(CannotApply):
        edit("删掉最后一个镜头")


@pytest.mark.parametrize(
    "text",
    ["第一场让慧明高兴一点", "把第一句台词改成：断桥上下着雨。", "第二十句台词改成‘走’",
     "去掉慧明的第二句", "把许文改名叫阿青", "第二场拿掉阿青的剑", "把“没有的话”改成“有的话”"],
)  # fmt: skip
def test_what_does_not_fit_or_changes_nothing_is_said_and_nothing_is_changed(text: str) -> None:
    with pytest.raises(CannotApply) as refused:
        edit(text)
    assert refused.value.text.zh and refused.value.text.en


def test_a_film_without_a_script_can_have_its_shots_changed() -> None:
    bare = EditedFilm(film("zh").board)
    assert edit("第三个镜头下雪", bare).film.board.shots[2].setting.weather == "snow"
    with pytest.raises(CannotApply, match="no script"):
        edit("把第一句台词改成：走吧", bare)


def test_every_patch_of_the_phrasings_applies_or_says_why_not() -> None:
    from tests.generation.editing.test_an_edit_in_plain_words import phrases

    applied = 0
    for text, _ in phrases("zh"):
        reading = read_edit(text, film("zh"))
        if reading.patch is None:
            continue
        try:
            apply_patch(film("zh"), reading.patch, lay_out)
            applied += 1
        except CannotApply as refused:
            assert refused.text.zh and refused.text.en
    assert applied >= 80
