"""Writes to the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from huaben.accounts.models import User
from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem
from huaben.core.types import JsonObject
from huaben.media.models import Asset

from .graph import check_graph
from .models import Choice, Cut, Episode, Genre, Series
from .search import search_vector
from .signals import cut_created, series_changed


def create_series(
    *,
    creator: User,
    title: str,
    synopsis: str = "",
    genres: Sequence[str] = (),
    language: str = "zh",
) -> Series:
    """Make a series. Unknown genres are a Problem and nothing is made."""
    with transaction.atomic():
        series = Series.objects.create(
            creator=creator, title=_titled(title), synopsis=synopsis.strip(), language=language
        )
        series.genres.set(_genres(genres))
        reindex_series(series=series)
    return series


def update_series(
    *,
    series: Series,
    title: str | None = None,
    synopsis: str | None = None,
    genres: Sequence[str] | None = None,
    language: str | None = None,
) -> Series:
    """Change what a series says of itself; None leaves a field as it is."""
    with transaction.atomic():
        if title is not None:
            series.title = _titled(title)
        if synopsis is not None:
            series.synopsis = synopsis.strip()
        if language is not None:
            series.language = language
        if genres is not None:
            series.genres.set(_genres(genres))
        series.save(update_fields=["title", "synopsis", "language"])
        reindex_series(series=series)
        series_changed.send(sender=Series, series=series)
    return series


def reindex_series(*, series: Series) -> None:
    """Write the series' search column anew."""
    names = [name for genre in series.genres.all() for name in (genre.name_zh, genre.name_en)]
    others = " ".join([*names, series.creator.name])
    Series.objects.filter(pk=series.pk).update(
        search=search_vector(series.title, series.synopsis, others)
    )


def create_episode(*, series: Series, title: str, after: Episode | None = None) -> Episode:
    """Add an episode at the end of the list. It is joined to ``after`` by a choice without text,
    when given.
    """
    with transaction.atomic():
        Series.objects.select_for_update().get(pk=series.pk)
        last = series.episodes.aggregate(last=Max("number"))["last"] or 0
        episode = Episode.objects.create(series=series, number=last + 1, title=_titled(title))
        if after is not None:
            Choice.objects.create(series=series, from_episode=after, to_episode=episode)
    return episode


def update_episode(*, episode: Episode, title: str) -> Episode:
    """Give an episode another title."""
    episode.title = _titled(title)
    episode.save(update_fields=["title"])
    return episode


def create_cut(
    *,
    episode: Episode,
    source: Asset,
    origin: str,
    declaration: str,
    provenance: JsonObject | None = None,
    script: Sequence[JsonObject] = (),
) -> Cut:
    """Add a new version of an episode. It goes to labelling, packaging and review by itself; nobody
    sees it before.
    """
    with transaction.atomic():
        Episode.objects.select_for_update().get(pk=episode.pk)
        last = episode.cuts.aggregate(last=Max("number"))["last"] or 0
        cut = Cut.objects.create(
            episode=episode,
            number=last + 1,
            origin=origin,
            source=source,
            declaration=declaration,
            provenance=dict(provenance or {}),
            script=[dict(line) for line in script],
        )
        cut_created.send(sender=Cut, cut=cut)
    return cut


def set_labelled_asset(*, cut: Cut, asset: Asset) -> None:
    """Say which labelled file is the Cut's own bytes. Once set it stays: other bytes are another
    Cut.
    """
    if not Cut.objects.filter(pk=cut.pk, asset=None).update(asset=asset):
        raise Problem(
            "cut_is_fixed",
            LocalizedText("这一版的文件已经确定", "This version's bytes are already fixed"),
            status=409,
        )
    cut.asset = asset


def replace_graph(*, series: Series, choices: Sequence[JsonObject]) -> list[Choice]:
    """Set the whole story graph of a series. Refused as a whole when any choice is wrong.

    Each choice: ``id``? (kept when it is one of this series), ``from_episode_id``,
    ``to_episode_id``, ``text``, ``seal``,
    ``condition``, ``effects``.
    """
    with transaction.atomic():
        Series.objects.select_for_update().get(pk=series.pk)
        episodes = {episode.pk for episode in series.episodes.all()}
        check_graph(episodes, choices)
        own = {choice.pk: choice for choice in series.choices.all()}
        saved: list[Choice] = []
        for position, edge in enumerate(choices):
            edge_id = edge.get("id")
            choice = own.get(edge_id) if isinstance(edge_id, UUID) else None
            choice = choice or Choice(series=series)
            choice.from_episode_id, choice.to_episode_id = (
                edge["from_episode_id"],
                edge["to_episode_id"],
            )
            choice.text, choice.seal = edge.get("text", "").strip(), edge.get("seal", "").strip()
            choice.condition, choice.effects = (
                edge.get("condition"),
                list(edge.get("effects") or []),
            )
            choice.position = position
            choice.save()
            saved.append(choice)
        series.choices.exclude(pk__in=[choice.pk for choice in saved]).delete()
    return saved


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Problem(
            "title_needed",
            LocalizedText("请填写标题", "Please give it a title"),
            errors=[
                {
                    "field": "title",
                    "message": LocalizedText("不能为空", "May not be empty").localized(),
                }
            ],
        )
    return title


def _genres(slugs: Sequence[str]) -> list[Genre]:
    found = list(Genre.objects.filter(slug__in=slugs))
    unknown = sorted(set(slugs) - {genre.slug for genre in found})
    if unknown:
        raise Problem(
            "unknown_genre",
            LocalizedText("没有这个类型", "There is no such genre"),
            errors=[{"field": "genres", "message": slug} for slug in unknown],
        )
    return found
