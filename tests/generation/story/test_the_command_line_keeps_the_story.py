"""Drafts, seasons and the story report, without drawing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generation.cli import main
from generation.exports import MakingLog, write_story
from generation.pipeline import StepProgress
from generation.story import drafting
from generation.story.checking import report_on
from generation.story.keeping import facts_kept, words_kept
from generation.storyboard import Mouth, Storyboard
from generation.storyboarding import PictureFormat, make_storyboard
from generation.voice import SpokenUtterance, Utterance
from tests.generation.test_story import reading_time

IDEA = "雨夜，林晓走进旧书店，捡到一封信。信是十年前的周远写的，却写着她今天的名字。没有爱情线。"
TALE = "从前有个樵夫，名叫王质。" + "".join(
    f"第{number}天，王质上山砍柴，看见童子下棋。" for number in "一二三四五六七八九"
)


def spoken(utterance: Utterance) -> SpokenUtterance:
    return SpokenUtterance(reading_time(utterance), (Mouth(0.0, "rest"),))


def film_of(text: str, seed: int = 0) -> Storyboard:
    outline = drafting.make_outline(text, seconds=45, seed=seed)
    return make_storyboard(
        drafting.write_script(outline, reading_time), spoken, PictureFormat(256, 448, 8)
    )


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    main(arguments)
    return json.loads(capsys.readouterr().out)


def test_five_drafts_keep_every_fact_and_open_differently(
    capsys: pytest.CaptureFixture[str],
) -> None:
    planned = answered(capsys, "plan", IDEA, "--seconds", "45", "--drafts", "5", "--json")
    assert planned["kind"] == "idea" and len(planned["drafts"]) == 5
    assert planned["title"] and planned["script"]["scenes"] and planned["facts"]["facts"]
    openings = set()
    for draft in planned["drafts"]:
        assert [fact for fact in draft["facts"]["facts"] if "missing" in fact] == []
        assert draft["facts"]["words_kept"] >= 0.8
        openings.add(draft["script"]["scenes"][0]["lines"][0]["text"])
    assert len(openings) >= 3


def test_a_file_is_taken_by_its_form_or_as_it_is_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "小雨：你还记得吗？\n阿哲：记得。\n（关灯。）\n小雨：那就好。\n"
    (tmp_path / "play.txt").write_text(text, encoding="utf-8")
    source = f"@{tmp_path / 'play.txt'}"
    planned = answered(capsys, "plan", source, "--json")
    assert planned["kind"] == "screenplay" and planned["facts"] is None
    lines = [line["text"] for scene in planned["script"]["scenes"] for line in scene["lines"]]
    assert lines == ["你还记得吗？", "记得。", "关灯。", "那就好。"]
    assert answered(capsys, "plan", source, "--as", "idea", "--json")["kind"] == "idea"
    assert answered(capsys, "plan", source, "--as", "script", "--json")["kind"] == "screenplay"


def test_a_long_text_becomes_a_season_in_its_own_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tale.txt").write_text(TALE, encoding="utf-8")
    season = answered(
        capsys, "plan", f"@{tmp_path / 'tale.txt'}", "--as", "prose", "--episodes", "3",
        "--seconds", "30", "--json",
    )  # fmt: skip
    assert [episode["leads_to"] for episode in season["episodes"]] == ["e2", "e3", ""]
    for episode in season["episodes"]:
        for beat in episode["outline"]["beats"]:
            assert beat["told"] in TALE or beat["told"].startswith("上回说到，")
    assert [episode["outline"]["finale"] for episode in season["episodes"]] == [False, False, True]


def test_the_files_of_a_story_stand_beside_its_film_and_are_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = drafting.make_outline(IDEA, seconds=45, seed=0)
    script = drafting.write_script(outline, reading_time)
    board = make_storyboard(script, spoken, PictureFormat(256, 448, 8))
    facts = drafting.facts_of(IDEA)
    log = MakingLog()
    log(StepProgress("outline", 1, 1, outline.title))
    write_story(tmp_path, outline=outline, script=script, board=board, facts=facts, log=log.lines)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "facts.json", "making.jsonl", "outline.json", "script.fountain", "script.json",
        "storyboard.json", "subtitles.vtt",
    ]  # fmt: skip
    assert json.loads((tmp_path / "making.jsonl").read_text())["step"] == "outline"
    subtitles = (tmp_path / "subtitles.vtt").read_text(encoding="utf-8")
    assert subtitles.startswith("WEBVTT\n\n00:00:00.120 --> ")
    assert all(cue.text in subtitles for shot in board.shots for cue in shot.cues)
    report = answered(capsys, "check", str(tmp_path), "--json")
    assert report["hook_in_time"] and report["words_kept"] >= 0.8
    assert {"person", "place", "thing", "event", "negation"} <= {
        fact["kind"] for fact in report["facts"]
    }
    stored = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    ids = {shot.id for shot in board.shots}
    assert all(set(fact["shots"]) <= ids for fact in stored["facts"])
    alike = answered(
        capsys, "check", str(tmp_path), "--against", str(tmp_path / "storyboard.json"), "--json"
    )
    assert alike["sameness"] == 1.0


def test_a_fact_that_the_film_lost_and_a_wish_that_it_broke_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    facts = drafting.facts_of(IDEA)
    assert facts is not None
    kept = facts_kept(facts, film_of("书生在断桥遇见女鬼，她要他还一把伞。"))
    lost = {fact.text for fact in kept if fact.missing}
    assert {"林晓", "旧书店"} <= lost
    assert words_kept(facts, film_of("书生在断桥遇见女鬼。")) < 0.3
    assert words_kept(facts, film_of(IDEA)) >= 0.95


def test_two_ideas_never_share_a_line() -> None:
    boards = [
        film_of(text, seed)
        for text in (
            IDEA,
            "宫女阿阮每晚给冷宫送一碗甜汤，皇后命她在汤里下毒。",
            "老船夫把儿子的船桨扔进江里，却在梦里划了一夜。",
        )
        for seed in (0, 4)
    ]
    for number, board in enumerate(boards):
        others = [other for at, other in enumerate(boards) if at // 2 != number // 2]
        assert report_on(board, others).repeated == ()
