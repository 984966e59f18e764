"""The streams of a film that nobody sees or hears, in words for its maker."""

from __future__ import annotations

from collections.abc import Mapping

from huaben.core.localized import LocalizedText

_KINDS = {
    "picture": LocalizedText("另一路画面", "a second picture"),
    "sound": LocalizedText("另一路声音", "a second sound track"),
    "subtitle": LocalizedText("字幕", "subtitles"),
    "cover": LocalizedText("封面图", "cover art"),
    "data": LocalizedText("附加数据", "attached data"),
}
_UNKNOWN_CODEC = LocalizedText("未知编码", "unknown encoding")


def words_for_stream(stream: Mapping[str, str]) -> LocalizedText:
    """``stream``: ``kind`` and ``codec``, as ``film.examine.FilmFacts.left_out`` has them."""
    kind = _KINDS.get(stream["kind"], _KINDS["data"])
    codec = stream["codec"]
    zh, en = (codec, codec) if codec else (_UNKNOWN_CODEC.zh, _UNKNOWN_CODEC.en)
    return LocalizedText(f"{kind.zh}（{zh}）", f"{kind.en} ({en})")
