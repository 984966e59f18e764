"""New words for what is on stage, as moderators see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from huaben.accounts.models import User
from huaben.accounts.presenters import Person, present_person
from huaben.catalog.facts import FilingFact, get_filing_facts
from huaben.catalog.models import Episode, WordsRevision
from huaben.catalog.presenters import WordsVersion, present_words_version
from huaben.core.access import may
from huaben.core.responses import described
from huaben.core.types import JsonObject
from huaben.speech.policy_names import explanation, policy_name
from huaben.speech.presenters import SpeechFinding

from ..selectors import get_episodes_of_words
from .cases import CaseEpisode, CaseSeries


@dataclass(frozen=True, kw_only=True)
class RevisedWords(WordsVersion):
    """New words with everything that a moderator decides from."""

    series: CaseSeries = field(metadata=described("As it is on stage."))
    episode: CaseEpisode | None = field(
        metadata=described("Of an episode's title, or of the choice at its end.")
    )
    creator: Person
    filing: FilingFact | None = field(metadata=described("The number in force, if there is one."))
    verdict: Literal["", "pass", "review", "block"]
    findings: list[SpeechFinding]
    decided_by: Person | None = field(metadata=described("Null where the check decided."))
    may_decide: bool = field(metadata=described("False for a work of one's own."))


def present_revised_words(revisions: Sequence[WordsRevision], user: User) -> list[RevisedWords]:
    """Revisions of ``selectors.revised_words()`` for the moderator ``user``; three queries more for
    any number.
    """
    filings = get_filing_facts([revision.series_id for revision in revisions])
    episodes = get_episodes_of_words(revisions)
    return [
        _revised_words(revision, episodes.get(revision.pk), filings.get(revision.series_id), user)
        for revision in revisions
    ]


def _revised_words(
    revision: WordsRevision, episode: Episode | None, filing: FilingFact | None, user: User
) -> RevisedWords:
    series = revision.series
    return RevisedWords(
        **vars(present_words_version(revision)),
        series=CaseSeries(
            id=series.pk,
            title=series.title,
            synopsis=series.synopsis,
            language="en" if series.language == "en" else "zh",
        ),
        episode=CaseEpisode(id=episode.pk, number=episode.number, title=episode.title)
        if episode
        else None,
        creator=present_person(series.creator),
        filing=filing,
        verdict=revision.facts.get("verdict", ""),
        findings=[_finding(finding) for finding in revision.facts.get("findings", [])],
        decided_by=present_person(revision.decided_by) if revision.decided_by else None,
        may_decide=may(user, "review.decide_words", revision),
    )


def _finding(stored: JsonObject) -> SpeechFinding:
    return SpeechFinding(
        policy=stored["policy"],
        policy_name=policy_name(stored["policy"]),
        score=stored["score"],
        evidence=stored["evidence"],
        explanation=explanation(stored["explanation"], stored["policy"]),
    )
