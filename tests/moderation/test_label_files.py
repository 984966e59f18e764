"""Labels in real files: written, replaced, read back; files that are none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from moderation.labels import (
    MP4_OPTIONS,
    MalformedLabel,
    UnreadableFile,
    UnsupportedContainer,
    mp4_metadata,
    producer_label,
    propagator_label,
    read_label,
    read_label_texts,
    write_label,
)

LABEL = producer_label("0011" + "0" * 18 + "1TEST", 'ep-"1"')
OTHER = json.dumps({"AIGC": {"Label": "3", "ContentProducer": "x"}})
FilmOf = Callable[..., Path]


def packets(path: Path) -> list[tuple[str, float, bytes]]:
    with av.open(str(path)) as film:
        return sorted(
            (packet.stream.type, float(packet.pts * packet.time_base), bytes(packet))
            for packet in film.demux()
            if packet.pts is not None
        )


@pytest.mark.parametrize("name", ["🏮" * 60 + ".mp4", "灯" * 83 + ".mp4", "x" * 251 + ".mp4"])
def test_a_name_as_long_as_a_file_system_takes_it_is_written(
    film_of: FilmOf, tmp_path: Path, name: str
) -> None:
    source = film_of(tmp_path / "film.mp4")
    target = source.with_name(name)
    assert write_label(source, target, LABEL) == LABEL
    assert [path.name for path in target.parent.glob("*.part")] == []


@pytest.mark.parametrize("name", ["film.mp4", "film.mov", "film.mkv"])
@pytest.mark.parametrize("before", [{}, {"AIGC": OTHER, "title": "白蛇"}])
def test_a_label_is_written_once_read_back_and_nothing_else_changes(
    tmp_path: Path, film_of: FilmOf, name: str, before: dict[str, str]
) -> None:
    source = film_of(tmp_path / name, metadata=before)
    target = tmp_path / f"labelled-{name}"
    assert write_label(source, target, LABEL) == LABEL
    assert read_label_texts(target) == [LABEL.to_json()]
    assert packets(target) == packets(source)
    with av.open(str(target)) as film:
        assert film.metadata.get("title") == before.get("title")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize(
    "movflags", ["use_metadata_tags+faststart", "use_metadata_tags+frag_keyframe+empty_moov"]
)
def test_a_label_muxed_in_the_same_pass_survives_faststart_fragments_and_a_remux(
    tmp_path: Path, film_of: FilmOf, movflags: str
) -> None:
    source = film_of(tmp_path / "film.mp4", metadata=mp4_metadata(LABEL), movflags=movflags)
    assert read_label(source) == LABEL
    passed_on = propagator_label(LABEL, "0011" + "0" * 18 + "2TEST", "p-1")
    write_label(source, source, passed_on)
    assert read_label_texts(source) == [passed_on.to_json()]


def test_the_options_for_muxing_keep_the_key(tmp_path: Path, film_of: FilmOf) -> None:
    tagged = film_of(
        tmp_path / "tagged.mp4", metadata=mp4_metadata(LABEL), movflags=MP4_OPTIONS["movflags"]
    )
    assert read_label(tagged) == LABEL
    lost = film_of(tmp_path / "lost.mp4", metadata=mp4_metadata(LABEL), movflags="faststart")
    assert read_label(lost) is None, "which is why they must be passed"


def test_an_unlabelled_film_has_no_label(plain_film: Path) -> None:
    assert read_label(plain_film) is None


def test_two_labels_in_one_file_are_seen_though_ffmpeg_shows_one(
    tmp_path: Path, film_of: FilmOf
) -> None:
    source = film_of(tmp_path / "film.mp4", metadata={"AIGC": OTHER, "AIGD": OTHER})
    source.write_bytes(source.read_bytes().replace(b"mdtaAIGD", b"mdtaAIGC"))
    assert len(read_label_texts(source)) == 2
    with pytest.raises(MalformedLabel, match="2 AIGC labels"):
        read_label(source)
    write_label(source, source, LABEL)
    assert read_label_texts(source) == [LABEL.to_json()]


def test_two_labels_in_a_matroska_file_are_seen(tmp_path: Path, film_of: FilmOf) -> None:
    source = film_of(tmp_path / "film.mkv", metadata={"AIGC": OTHER, "AIGD": OTHER})
    source.write_bytes(source.read_bytes().replace(b"AIGD", b"AIGC"))
    assert len(read_label_texts(source)) == 2
    write_label(source, source, LABEL)
    assert read_label_texts(source) == [LABEL.to_json()]


def test_a_malformed_label_in_a_film_is_said_and_can_be_replaced(
    tmp_path: Path, film_of: FilmOf
) -> None:
    source = film_of(tmp_path / "film.mp4", metadata={"AIGC": "yes, by a machine"})
    with pytest.raises(MalformedLabel):
        read_label(source)
    assert write_label(source, tmp_path / "new.mp4", LABEL) == LABEL


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.9])
def test_a_truncated_film_is_refused_and_leaves_nothing_behind(
    tmp_path: Path, film_of: FilmOf, name: str, part: float
) -> None:
    whole = film_of(tmp_path / name).read_bytes()
    source = tmp_path / f"cut-{name}"
    source.write_bytes(whole[: int(len(whole) * part)])
    target = tmp_path / "target.mp4"
    target.write_bytes(b"what was there")
    with pytest.raises((UnreadableFile, UnsupportedContainer)):
        write_label(source, target, LABEL)
    assert target.read_bytes() == b"what was there"
    assert {path.name for path in tmp_path.iterdir()} == {name, f"cut-{name}", "target.mp4"}


def test_what_a_file_is_comes_from_its_bytes_not_its_name(tmp_path: Path, film_of: FilmOf) -> None:
    matroska = film_of(tmp_path / "film.mkv")
    named_wrong = matroska.rename(tmp_path / "film.mp4")
    assert write_label(named_wrong, named_wrong, LABEL) == LABEL
    playlist = tmp_path / "list.mp4"
    playlist.write_text("#EXTM3U\n#EXTINF:2,\nfile:///etc/hostname\n")
    with pytest.raises(UnsupportedContainer):
        write_label(playlist, tmp_path / "out.mp4", LABEL)


def test_a_missing_folder_is_said(plain_film: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder"):
        write_label(plain_film, tmp_path / "nowhere" / "out.mp4", LABEL)
