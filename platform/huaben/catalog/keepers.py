"""Media's say at the gate and that of the words, and the gate's say over playback.

Media stands below the catalogue and knows no Cuts, so the catalogue speaks for it here.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from huaben.accounts.exports import Owner, export_part
from huaben.core.access import may
from huaben.core.localized import LocalizedText
from huaben.core.types import Requester, ValuesRow
from huaben.media.models import Asset
from huaben.media.playback import playback_guards, preview_guards

from . import gate
from .models import Cut, Series
from .words import are_cleared, cuts_with_cleared_words, words_of


def _media_reasons(cut: Cut) -> list[gate.Reason]:
    if cut.asset is not None and cut.asset.state == Asset.State.READY:
        return []
    file = cut.asset or cut.source
    if file.state == Asset.State.REFUSED:
        problem = file.problem or {}
        title = problem.get("title", {"zh": "文件无法播放", "en": "The file cannot be played"})
        return [
            gate.Reason(
                "media_refused",
                LocalizedText(title["zh"], title["en"]),
                LocalizedText("换一个文件重新上传", "Upload another file"),
            )
        ]
    return [
        gate.Reason(
            "media_not_ready",
            LocalizedText("视频还在转码", "The video is still being prepared"),
            LocalizedText("稍候片刻，无需操作", "Wait a little; there is nothing to do"),
        )
    ]


_FIX_WORDS = LocalizedText(
    "它们与这一版一起由审看员读过", "A moderator reads them together with this version"
)


def _words_reasons(cut: Cut) -> list[gate.Reason]:
    reasons = []
    if not are_cleared(words_of(cut.episode.series)):
        reasons.append(
            gate.Reason(
                "words_of_series",
                LocalizedText("剧名与简介还没有过审", "Title and synopsis were not cleared yet"),
                _FIX_WORDS,
            )
        )
    if not are_cleared(words_of(cut.episode)):
        reasons.append(
            gate.Reason(
                "words_of_episode",
                LocalizedText("本集标题还没有过审", "The episode's title was not cleared yet"),
                _FIX_WORDS,
            )
        )
    return reasons


@playback_guards.register("gate")
def asset_is_shown(asset_id: UUID) -> bool:
    """An asset is public while it is the asset of a Cut that the gate lets through."""
    return gate.open_cuts(Cut.objects.filter(asset_id=asset_id)).exists()


@preview_guards.register("catalog")
def may_preview_asset(user: Requester, asset_id: UUID) -> bool:
    """Its creator and staff may see an asset that is not shown, as long as they are that."""
    cut = Cut.objects.select_related("episode__series").filter(asset_id=asset_id).first()
    return may(user, "catalog.view_unshown", cut)


gate.register_keeper(
    gate.Keeper(
        source="media",
        passing=lambda: Q(asset__state=Asset.State.READY),
        reasons=_media_reasons,
        passed=LocalizedText("可以播放", "Playable"),
        position=10,
    )
)
gate.register_keeper(
    gate.Keeper(
        source="words",
        passing=cuts_with_cleared_words,
        reasons=_words_reasons,
        passed=LocalizedText("标题与简介已过审", "Titles and synopsis cleared"),
        position=25,
    )
)


@export_part("series")
def export_series(owner: Owner) -> Iterable[ValuesRow]:
    rows = Series.objects.filter(creator=owner.user)
    return rows.values("id", "title", "synopsis", "language", "created_at")


@export_part("cuts")
def export_cuts(owner: Owner) -> Iterable[ValuesRow]:
    rows = Cut.objects.filter(episode__series__creator=owner.user)
    return rows.values(
        "id", "episode_id", "episode__title", "number", "origin", "declaration", "provenance",
        "script", "created_at",
    )  # fmt: skip
