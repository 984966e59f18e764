"""Series, episodes, Cuts and the story graph."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from huaben.accounts.models import User
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, Problem
from huaben.core.quotas import ensure_within_quota
from huaben.core.text import clean_line, cleaned_line, cleaned_text
from huaben.core.types import JsonObject
from huaben.media.models import Asset

from ..graph import check_graph
from ..models import Choice, Cut, Episode, Genre, Series
from ..signals import cut_created, series_changed
from .words import WordsHistory, lock_words, reindex_series, withdraw_words_of, write_words

MAX_TITLE_LENGTH = 80
MAX_SYNOPSIS_LENGTH = 600


def create_series(
    *,
    creator: User,
    title: str,
    synopsis: str = "",
    genres: Sequence[str] = (),
    language: str = "zh",
    is_counted: bool = True,
) -> Series:
    """Make a series. Raises Problem for unknown genres, and for words of which nothing can be seen
    or that are too long, and TooSoon above the creator's quota; then nothing is made.

    ``is_counted`` False: it was counted when it was begun, as a project of the studio's.
    """
    with transaction.atomic():
        if is_counted:
            own = Series.objects.filter(creator=creator)
            ensure_within_quota("series", owner_id=creator.pk, made=own)
        series = Series.objects.create(
            creator=creator,
            title=_title(title),
            synopsis=_synopsis(synopsis),
            language=language,
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
    """Change what a series says of itself; None leaves a field as it is.

    Words that were cleared stay on stage until the new ones are (``words.write_words``). Raises
    Problem as ``create_series``.
    """
    with transaction.atomic():
        series = lock_words(series.pk)
        if title is not None or synopsis is not None:
            history = WordsHistory.of([series.pk])
            now = history.latest_words(series)
            words = [
                now[0] if title is None else _title(title),
                now[1] if synopsis is None else _synopsis(synopsis),
            ]
            write_words(worded=series, words=words, history=history)
        if language is not None:
            series.language = language
            series.save(update_fields=["language"])
        if genres is not None:
            series.genres.set(_genres(genres))
        reindex_series(series=series)
        series_changed.send(sender=Series, series=series)
    return series


def create_episode(
    *, series: Series, title: str, after: Episode | None = None, is_counted: bool = True
) -> Episode:
    """Add an episode at the end of the list. It is joined to ``after`` by a choice without text,
    when given. Raises TooSoon above the creator's quota; ``is_counted`` as of ``create_series``.
    """
    with transaction.atomic():
        if is_counted:
            own = Episode.objects.filter(series__creator_id=series.creator_id)
            ensure_within_quota("episode", owner_id=series.creator_id, made=own)
        Series.objects.select_for_update().get(pk=series.pk)
        last = series.episodes.aggregate(last=Max("number"))["last"] or 0
        episode = Episode.objects.create(series=series, number=last + 1, title=_title(title))
        if after is not None:
            Choice.objects.create(series=series, from_episode=after, to_episode=episode)
    return episode


def update_episode(*, episode: Episode, title: str) -> Episode:
    """Give an episode another title. One that was cleared stays on stage until the new one is."""
    with transaction.atomic():
        lock_words(episode.series_id)
        episode.refresh_from_db(fields=["title"])
        write_words(worded=episode, words=[_title(title)])
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

    Of an upload: raises Conflict ``upload_used`` when it has become a Cut already, here or
    elsewhere, and TooSoon above the creator's quota.
    """
    with transaction.atomic():
        if origin == Cut.Origin.UPLOADED:
            _ensure_unused(source, episode.series.creator_id)
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


def _ensure_unused(source: Asset, creator_id: UUID) -> None:
    Asset.objects.select_for_update().get(pk=source.pk)
    if Cut.objects.filter(source=source).exists():
        raise Conflict(
            "upload_used",
            LocalizedText(
                "这个上传已经做成了一版，再做一版请重新上传",
                "This upload is a version already; please upload the film again for another",
            ),
        )
    own = Cut.objects.filter(episode__series__creator_id=creator_id, origin=Cut.Origin.UPLOADED)
    ensure_within_quota("cut", owner_id=creator_id, made=own)


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

    A choice's words that were cleared stay on stage until the new ones are.

    Each choice: ``id``? (kept when it is one of this series), ``from_episode_id``,
    ``to_episode_id``, ``text``, ``seal``,
    ``condition``, ``effects``.
    """
    with transaction.atomic():
        Series.objects.select_for_update().get(pk=series.pk)
        episodes = {episode.pk for episode in series.episodes.all()}
        check_graph(episodes, choices)
        own = {choice.pk: choice for choice in series.choices.all()}
        history = WordsHistory.of([*own, *episodes])
        saved: list[Choice] = []
        for position, edge in enumerate(choices):
            edge_id = edge.get("id")
            choice = own.get(edge_id) if isinstance(edge_id, UUID) else None
            choice = choice or Choice(series=series)
            choice.from_episode_id, choice.to_episode_id = (
                edge["from_episode_id"],
                edge["to_episode_id"],
            )
            choice.condition, choice.effects = (
                edge.get("condition"),
                list(edge.get("effects") or []),
            )
            choice.position = position
            choice.save()
            text = clean_line(edge.get("text", ""))
            # What has no words shows no seal either.
            seal = clean_line(edge.get("seal", "")) if text else ""
            write_words(worded=choice, words=[text, seal], history=history)
            saved.append(choice)
        gone = series.choices.exclude(pk__in=[choice.pk for choice in saved])
        withdraw_words_of(object_ids=list(gone.values_list("pk", flat=True)))
        gone.delete()
    return saved


def _title(text: str) -> str:
    return cleaned_line("title", text, max_length=MAX_TITLE_LENGTH)


def _synopsis(text: str) -> str:
    return cleaned_text("synopsis", text, max_length=MAX_SYNOPSIS_LENGTH, required=False)


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
