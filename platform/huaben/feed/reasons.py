"""“Why this?” in words. The engine derives the reasons from the numbers of its score; here each
becomes a sentence.

A sentence that rests on what other viewers did says so when those were simulated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Literal

from huaben.core.localized import LocalizedText
from huaben.core.types import JsonObject
from recsys import EventKind, ReasonKind, WatchEvent
from recsys import Reason as EngineReason


class FeedReason(StrEnum):
    """Why a series is shown that the engine did not choose."""

    CONTINUE = "continue"
    FAVOURITE = "favourite"
    FOLLOWING = "following"
    NEWEST = "newest"
    AGAIN = "again"
    OPENED = "opened"


_FEED_REASON_TEXTS = {
    FeedReason.CONTINUE: LocalizedText("你看到这里，接着看", "You are in the middle of this one"),
    FeedReason.FAVOURITE: LocalizedText("你收藏的剧", "A series that you keep"),
    FeedReason.FOLLOWING: LocalizedText("你关注的作者的作品", "By a creator whom you follow"),
    FeedReason.NEWEST: LocalizedText(
        "按上线时间排列，没有为你挑选", "Newest first; nothing was chosen for you"
    ),
    FeedReason.AGAIN: LocalizedText(
        "新的都给你看过了，这部可以再看看",
        "You have been shown all that is new; this one may bear another look",
    ),
    FeedReason.OPENED: LocalizedText(
        "是你自己打开的，不是推荐给你的", "You opened it yourself; it was not recommended to you"
    ),
}


@dataclass(frozen=True)
class ReasonRef:
    """What a reason speaks of."""

    kind: Literal["series", "genre"]
    id: str
    title: str


@dataclass(frozen=True)
class Reason:
    """Why this is here. Strongest first."""

    kind: str
    text: LocalizedText
    refs: list[ReasonRef]


def reasons_to_json(reasons: Iterable[Reason]) -> list[JsonObject]:
    """As ``Impression.reasons`` stores them: ``{kind, text: {zh, en}, refs: [{kind, id,
    title}]}``.
    """
    return [asdict(reason) for reason in reasons]


def reasons_from_json(stored: Iterable[JsonObject]) -> list[Reason]:
    """The reverse of ``reasons_to_json``."""
    return [
        Reason(
            kind=reason["kind"],
            text=LocalizedText(**reason["text"]),
            refs=[ReasonRef(**ref) for ref in reason["refs"]],
        )
        for reason in stored
    ]


@dataclass(frozen=True)
class ReasonContext:
    """What the sentences may speak of.

    ``titles`` and ``series_genres`` (slugs) by series id, ``genre_names`` by slug; ``history``: the
    events that the engine was given.
    """

    titles: Mapping[str, str]
    series_genres: Mapping[str, Collection[str]]
    genre_names: Mapping[str, LocalizedText]
    history: Sequence[WatchEvent]
    simulated_audience: bool

    def finished(self) -> list[str]:
        """Series of which an episode was watched to its end, in the order of the history."""
        return list(dict.fromkeys(event.group_id for event in self.history if event.completed))

    def series_with(self, kind: EventKind) -> set[str]:
        """Series of which the history holds an event of this kind."""
        return {event.group_id for event in self.history if event.kind is kind}


def feed_reason(kind: FeedReason) -> Reason:
    """A reason of the feed itself in words."""
    return Reason(kind.value, _FEED_REASON_TEXTS[kind], [])


def engine_reasons(reasons: Sequence[EngineReason], context: ReasonContext) -> list[Reason]:
    """The engine's reasons in words, strongest first."""
    return [
        _genre_reason(reason, context)
        if reason.kind is ReasonKind.GENRE
        else _series_reason(reason, context)
        for reason in reasons
    ]


def _series_reason(reason: EngineReason, context: ReasonContext) -> Reason:
    refs = [pk for pk in reason.refs if pk in context.titles]
    audience = (
        LocalizedText("（含模拟观众）", " (a simulated audience among them)")
        if context.simulated_audience
        else LocalizedText("", "")
    )
    if reason.kind is ReasonKind.BECAUSE_WATCHED and refs:
        did = _what_viewer_did(refs, context)
        text = LocalizedText(
            f"因为{did.zh}：看过的人也爱看这部{audience.zh}",
            f"Because {did.en}: its viewers like this too{audience.en}",
        )
    elif reason.kind is ReasonKind.SIMILAR_STORY and refs:
        did = _what_viewer_did(refs, context)
        text = LocalizedText(f"因为{did.zh}，故事相近", f"Because {did.en}; the story is alike")
    elif reason.kind in (ReasonKind.VIEWERS_LIKE_YOU, ReasonKind.BECAUSE_WATCHED):
        text = LocalizedText(
            f"口味相近的看客爱看{audience.zh}", f"Viewers with your taste like it{audience.en}"
        )
    elif reason.kind is ReasonKind.POPULAR:
        text = LocalizedText(
            f"近来看的人多{audience.zh}", f"Many are watching it these days{audience.en}"
        )
    elif reason.kind is ReasonKind.NEW:
        text = LocalizedText("新上的剧", "New in the theatre")
    elif reason.kind is ReasonKind.EXPLORE:
        text = LocalizedText("看过的人还少，请你先看看", "Few have seen it yet; have a first look")
    else:
        text = LocalizedText(
            "和你看过、收藏或关注的相近", "Like what you have watched, keep or follow"
        )
    return Reason(reason.kind.value, text, [_series_ref(pk, context) for pk in refs])


def _genre_reason(reason: EngineReason, context: ReasonContext) -> Reason:
    names = {slug: context.genre_names[slug] for slug in reason.refs if slug in context.genre_names}
    refs = [ReasonRef("genre", slug, name.localized()) for slug, name in names.items()]
    zh = "、".join(name.zh for name in names.values())
    en = " / ".join(name.en for name in names.values())

    def has_genre(series_id: str) -> bool:
        return not set(reason.refs).isdisjoint(context.series_genres.get(series_id, ()))

    finished = next(
        (pk for pk in context.finished() if pk in context.titles and has_genre(pk)), None
    )
    watched_or_kept = context.series_with(EventKind.WATCH) | context.series_with(
        EventKind.FAVOURITE
    )
    only_followed = any(map(has_genre, context.series_with(EventKind.FOLLOW))) and not any(
        map(has_genre, watched_or_kept)
    )
    if finished is not None:
        title = context.titles[finished]
        text = LocalizedText(
            f"因为你看完了《{title}》，这部也是{zh}",
            f"Because you finished “{title}”: this is {en} too",
        )
        refs.append(_series_ref(finished, context))
    elif only_followed:
        text = LocalizedText(
            f"因为你关注的作者有{zh}作品，这部也是",
            f"Because a creator whom you follow works in this genre: {en}",
        )
    else:
        text = LocalizedText(f"因为你爱看{zh}", f"Because you like {en}")
    return Reason(reason.kind.value, text, refs)


def _what_viewer_did(series_ids: Sequence[str], context: ReasonContext) -> LocalizedText:
    """What the viewer did with each of these series: of everything the strongest that is true."""
    finished = set(context.finished())
    favourites = context.series_with(EventKind.FAVOURITE)
    watched = context.series_with(EventKind.WATCH)
    series_by_deed: dict[Callable[[list[str]], LocalizedText], list[str]] = {}
    for pk in series_ids:
        if pk in finished:
            deed = _finished
        elif pk in favourites:
            deed = _kept
        elif pk in watched:
            deed = _watched
        else:
            # Nothing else than a follow speaks for a series that was neither watched nor kept.
            deed = _followed
        series_by_deed.setdefault(deed, []).append(context.titles[pk])
    said = [deed(titles) for deed, titles in series_by_deed.items()]
    return LocalizedText(
        "、".join(text.zh for text in said), " and ".join(text.en for text in said)
    )


def _finished(titles: list[str]) -> LocalizedText:
    return LocalizedText(f"你看完了{_quoted_zh(titles)}", f"you finished {_quoted_en(titles)}")


def _kept(titles: list[str]) -> LocalizedText:
    return LocalizedText(f"你收藏了{_quoted_zh(titles)}", f"you keep {_quoted_en(titles)}")


def _watched(titles: list[str]) -> LocalizedText:
    return LocalizedText(f"你看了{_quoted_zh(titles)}", f"you watched {_quoted_en(titles)}")


def _followed(titles: list[str]) -> LocalizedText:
    return LocalizedText(
        f"你关注了{_quoted_zh(titles)}的作者",
        "you follow the creator of " + " and of ".join(f"“{title}”" for title in titles),
    )


def _quoted_zh(titles: list[str]) -> str:
    return "".join(f"《{title}》" for title in titles)


def _quoted_en(titles: list[str]) -> str:
    return " and ".join(f"“{title}”" for title in titles)


def _series_ref(series_id: str, context: ReasonContext) -> ReasonRef:
    return ReasonRef("series", series_id, context.titles[series_id])
