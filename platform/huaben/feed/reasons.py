"""“Why this?” in words. The engine reads the reasons off the numbers of its score; here they only
get their sentences.

A sentence that rests on what other viewers did says so when those were simulated.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huaben.core.localized import LocalizedText
from recsys import Reason, ReasonKind

# Reasons of the house itself, beside the engine's.
CONTINUE, FAVOURITE, FOLLOWING, NEWEST = "continue", "favourite", "following", "newest"
AGAIN, OPENED = "again", "opened"

_OWN = {
    CONTINUE: LocalizedText("你看到这里，接着看", "You are in the middle of this one"),
    FAVOURITE: LocalizedText("你收藏的剧", "A series that you keep"),
    FOLLOWING: LocalizedText("你关注的作者的作品", "By a creator whom you follow"),
    NEWEST: LocalizedText(
        "按上线时间排列，没有为你挑选", "Newest first; nothing was chosen for you"
    ),
    AGAIN: LocalizedText(
        "新的都给你看过了，这部可以再看看",
        "You have been shown all that is new; this one may bear another look",
    ),
    OPENED: LocalizedText(
        "是你自己打开的，不是推荐给你的", "You opened it yourself; it was not recommended to you"
    ),
}


@dataclass(frozen=True)
class Known:
    """What the sentences may speak of: titles of series, names of genres, and what the viewer did
    with which series.
    """

    titles: Mapping[str, str]
    genres: Mapping[str, LocalizedText]
    genres_of: Mapping[str, Collection[str]]
    finished: Collection[str]  # series of which an episode was watched to its end, latest first
    favourites: Collection[str]
    simulated: bool


def own_reason(kind: str) -> dict[str, Any]:
    """A reason of the house, as the pages show it."""
    return {"kind": kind, "text": _OWN[kind].as_dict(), "refs": []}


def reason_views(reasons: Sequence[Reason], known: Known) -> list[dict[str, Any]]:
    """The engine's reasons as pages show them: ``{kind, text: {zh, en}, refs: [{kind, id,
    title}]}``, strongest first.
    """
    return [_view(reason, known) for reason in reasons]


def _view(reason: Reason, known: Known) -> dict[str, Any]:
    if reason.kind is ReasonKind.GENRE:
        return _genre(reason, known)
    refs = [pk for pk in reason.refs if pk in known.titles]
    audience = (
        LocalizedText("（含模拟观众）", " (a simulated audience among them)")
        if known.simulated
        else LocalizedText("", "")
    )
    if reason.kind is ReasonKind.BECAUSE_WATCHED and refs:
        did = _did(refs, known)
        text = LocalizedText(
            f"因为{did.zh}：看过的人也爱看这部{audience.zh}",
            f"Because {did.en}: its viewers like this too{audience.en}",
        )
    elif reason.kind is ReasonKind.SIMILAR_STORY and refs:
        did = _did(refs, known)
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
        text = LocalizedText("和你看过的相近", "Like what you have watched")
    return {
        "kind": reason.kind.value,
        "text": text.as_dict(),
        "refs": [_series_ref(pk, known) for pk in refs],
    }


def _genre(reason: Reason, known: Known) -> dict[str, Any]:
    names = [(slug, known.genres[slug]) for slug in reason.refs if slug in known.genres]
    refs = [{"kind": "genre", "id": slug, "title": name.localized()} for slug, name in names]
    zh, en = "、".join(name.zh for _, name in names), " / ".join(name.en for _, name in names)
    of_genre = [
        pk
        for pk in known.finished
        if pk in known.titles and set(reason.refs) & set(known.genres_of.get(pk, ()))
    ]
    if of_genre:
        finished = of_genre[0]
        title = known.titles[finished]
        text = LocalizedText(
            f"因为你看完了《{title}》，这部也是{zh}",
            f"Because you finished “{title}”: this is {en} too",
        )
        refs.append(_series_ref(finished, known))
    else:
        text = LocalizedText(f"因为你爱看{zh}", f"Because you like {en}")
    return {"kind": reason.kind.value, "text": text.as_dict(), "refs": refs}


def _did(refs: Sequence[str], known: Known) -> LocalizedText:
    zh, en = (
        "".join(f"《{known.titles[pk]}》" for pk in refs),
        " and ".join(f"“{known.titles[pk]}”" for pk in refs),
    )
    if all(pk in known.finished for pk in refs):
        return LocalizedText(f"你看完了{zh}", f"you finished {en}")
    if all(pk in known.favourites for pk in refs):
        return LocalizedText(f"你收藏了{zh}", f"you keep {en}")
    return LocalizedText(f"你看了{zh}", f"you watched {en}")


def _series_ref(series_id: str, known: Known) -> dict[str, str]:
    return {"kind": "series", "id": series_id, "title": known.titles[series_id]}
