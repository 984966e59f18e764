"""HLS playlists (RFC 8216, version 7: fragmented MP4)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .segments import INIT, segment_name

MASTER, INDEX = "master.m3u8", "index.m3u8"


@dataclass(frozen=True)
class Variant:
    """One rendition as the master playlist names it; rates in bits a second."""

    name: str
    width: int
    height: int
    bandwidth: int
    average: int
    codecs: str
    rate: float


def media_playlist(seconds: Sequence[float]) -> str:
    """The playlist of one rendition whose segments last so long."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{max(1, math.ceil(max(seconds) - 0.001))}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f'#EXT-X-MAP:URI="{INIT}"',
    ]
    for index, length in enumerate(seconds):
        lines += [f"#EXTINF:{length:.6f},", segment_name(index)]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def master_playlist(variants: Sequence[Variant]) -> str:
    """The playlist of all renditions. The one to start with stands first: the middle one."""
    first = len(variants) // 2
    order = [variants[first], *variants[:first], *variants[first + 1 :]]
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for v in order:
        lines += [
            f"#EXT-X-STREAM-INF:BANDWIDTH={v.bandwidth},AVERAGE-BANDWIDTH={v.average},"
            f'RESOLUTION={v.width}x{v.height},FRAME-RATE={v.rate:.3f},CODECS="{v.codecs}"',
            f"{v.name}/{INDEX}",
        ]
    return "\n".join([*lines, ""])
