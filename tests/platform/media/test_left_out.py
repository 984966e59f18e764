"""Streams that nobody will see or hear are named to the maker, at upload."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import httpx
import numpy as np
import pytest

from tests.platform.media.tus import begin, examine_waiting, send

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("stored_in", "uploads_in"),
]


def test_an_upload_names_what_nobody_will_see_or_hear(
    browser: httpx.Client, tmp_path: Path
) -> None:
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as out:
        picture = out.add_stream("libx264", rate=25)
        picture.width, picture.height, picture.pix_fmt = 96, 64, "yuv420p"
        out.add_attachment("font.ttf", "font/ttf", b"a font")
        words = out.add_mux_stream("subrip")
        out.start_encoding()
        for _ in range(25):
            plane = np.full((64, 96, 3), 90, np.uint8)
            out.mux(picture.encode(av.VideoFrame.from_ndarray(plane, "rgb24")))
        line: av.Packet = av.Packet(b"hm")
        line.pts = line.dts = 0
        line.duration, line.time_base, line.stream = 500, Fraction(1, 1000), words
        out.mux([line, *picture.encode(None)])
    data = path.read_bytes()
    address = begin(browser, len(data))
    send(browser, address, data)
    examine_waiting()
    told = browser.get(address).json()["left_out"]
    assert [text["zh"] for text in told] == ["字幕（srt）", "附加数据（未知编码）"]
    assert [text["en"] for text in told] == ["subtitles (srt)", "attached data (unknown encoding)"]
