"""The places of a page as they go over the wire, each written down as an impression."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from huaben.catalog.models import Genre
from huaben.catalog.presenters import present_episode_cards, present_playbacks, present_series_cards
from huaben.core.localized import LocalizedText
from huaben.core.responses import as_json
from huaben.watching.selectors.comments import count_comments

from .models import Impression
from .reasons import Known, own_reason, reason_views
from .selectors import titles_of
from .visit import Visit


def feed_items(
    visit: Visit, *, personalised: bool, simulated_audience: bool
) -> list[dict[str, Any]]:
    """The places of a visit's page as FeedItems; their impressions are stored."""
    shown = [place.shown for place in visit.places]
    summaries = {
        one.episode.series_id: place.offer.summary
        for one, place in zip(shown, visit.places, strict=True)
    }
    series = present_series_cards([one.episode.series for one in shown], summaries)
    episodes, playbacks = present_episode_cards(shown), present_playbacks(shown)
    comments = count_comments(episodes)
    known = _known(visit)
    positions = {row.episode_id: row.position_ms for row in visit.progress}
    now, items, impressions = timezone.now(), [], []
    for number, place in enumerate(visit.places):
        episode, candidate = place.shown.episode, place.candidate
        reasons = (
            [own_reason(candidate.own)] if candidate.own else reason_views(candidate.reasons, known)
        )
        impression = Impression(
            viewer_id=visit.viewer_id,
            visit_id=visit.visit_id,
            page=visit.page,
            place=number,
            series_id=episode.series_id,
            episode_id=episode.pk,
            reasons=reasons,
            personalised=personalised,
            simulated_audience=simulated_audience,
            model_version=visit.bill.model_version,
            created_at=now,
        )
        impressions.append(impression)
        items.append(
            {
                "impression_id": impression.pk,
                "series": as_json(series[episode.series_id]),
                "episode": as_json(episodes[episode.pk]),
                "playback": as_json(playbacks[episode.pk]),
                "reasons": reasons,
                "comment_count": comments.get(episode.pk, 0),
                "state": {
                    "favourite": episode.series_id in visit.marks.favourites,
                    "following": episode.series.creator_id in visit.marks.following,
                    "position_ms": positions.get(episode.pk, 0),
                },
            }
        )
    Impression.objects.bulk_create(impressions)
    return items


def _known(visit: Visit) -> Known:
    """What the sentences of this page's reasons may speak of: titles and deeds of the viewer's own,
    names of its genres.
    """
    titles = {str(row.series_id): row.series.title for row in visit.progress}
    spoken_of = {
        ref for place in visit.places for reason in place.candidate.reasons for ref in reason.refs
    }
    # A kept series that was never begun. What else is spoken of are genres, which the programme has
    # no item of.
    titles |= titles_of([pk for pk in spoken_of if pk in visit.bill.items and pk not in titles])
    genres = {
        genre.slug: _name(genre)
        for place in visit.places
        for genre in place.shown.episode.series.genres.all()
    }
    return Known(
        titles=titles,
        genres=genres,
        genres_of={pk: visit.bill.items[pk].genres for pk in titles if pk in visit.bill.items},
        finished=list(dict.fromkeys(str(row.series_id) for row in visit.progress if row.completed)),
        favourites={str(pk) for pk in visit.marks.favourites},
        simulated=visit.bill.simulated,
    )


def _name(genre: Genre) -> LocalizedText:
    return LocalizedText(genre.name_zh, genre.name_en)
