"""The facts of an idea as their maker may correct them, drafts to choose from, the story report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from generation.story.facts.corrections import FactKind, is_asked
from generation.story.facts.types import Age, Being, Facts, PersonFact, Sex, Span
from huaben.core.localized import LocalizedText
from huaben.core.responses import described
from huaben.core.types import JsonObject

from ..models import Project, ProjectStory
from ..story import corrected_facts

_MISSING: dict[str, LocalizedText] = {
    "person": LocalizedText("片中没有这个人", "Not in the film's cast"),
    "relation": LocalizedText("片中没有说到", "Not heard in the film"),
    "place": LocalizedText("没有这里的景，也没有写它的牌子", "Neither a set nor a board of it"),
    "time": LocalizedText("看不出，也没有说到", "Neither seen nor said"),
    "thing": LocalizedText("不在谁手里，也没有说到", "Neither in a hand nor said"),
    "event": LocalizedText("时长不够，没有讲到", "Left out: there was no time for it"),
    "number": LocalizedText("没有说到", "Not said"),
    "negation": LocalizedText("片中出现了不该有的", "What should not be there is in the film"),
}


@dataclass(frozen=True)
class TextSpan:
    """Characters (Unicode code points) ``start`` up to ``end`` of the idea."""

    start: int
    end: int


@dataclass(frozen=True)
class FilmPlace:
    """Where something stands in the film."""

    shot: str
    number: int = field(metadata=described("Of the shot, counted from 1."))
    second: float = field(metadata=described("At which the shot begins."))


@dataclass(frozen=True)
class PersonDetails:
    """What was read of somebody, as corrected."""

    name: str
    role: str
    sex: Sex | None
    age: Age | None
    being: Being
    group: bool
    asked: bool = field(metadata=described("The sex is not sure: ask the maker."))


@dataclass(frozen=True)
class StoryFact:
    """One fact of the idea. The first span names it in a correction."""

    kind: FactKind
    text: str
    word: str = field(metadata=described("Tells facts that share a place apart in a correction."))
    spans: list[TextSpan]
    person: PersonDetails | None
    meaning: str = field(metadata=described("Of a tone or a negation: what it asks for."))
    kept: bool | None = field(metadata=described("Null: no script was written since."))
    places: list[FilmPlace]
    missing: LocalizedText | None = field(metadata=described("Why the film does not keep it."))


@dataclass(frozen=True)
class UnknownWord:
    """A word of the idea that was not understood."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class FactCorrection:
    """A correction as it is stored."""

    deed: Literal["change", "remove", "add"]
    kind: FactKind
    start: int
    end: int
    word: str
    sex: Sex | None
    age: Age | None
    being: Being | None


@dataclass(frozen=True)
class DraftPerson:
    """One of a draft's cast, and the puppet that plays them."""

    name: str
    figure: str


@dataclass(frozen=True)
class DraftOutline:
    """One draft of the idea, by which it is told from the others."""

    seed: int
    title: str
    logline: str
    genre: str
    seconds: float
    cast: list[DraftPerson]
    first_line: str
    turn: str = field(metadata=described("Empty where the idea has no turn."))
    ending: str
    is_kept: bool = field(metadata=described("It is the project's outline."))
    is_older: bool = field(metadata=described("It was made before the latest corrections."))


@dataclass(frozen=True)
class FilmMoment:
    """A line of the film and when it is heard."""

    second: float
    shot: str
    text: str


@dataclass(frozen=True)
class SpeakerShare:
    """Which share of the lines somebody speaks; without a name, the storyteller."""

    name: str
    share: float


@dataclass(frozen=True)
class FilmReport:
    """How the film is told. Shares are of its spoken lines."""

    hook: FilmMoment | None
    hook_in_time: bool = field(metadata=described("Within the first three seconds."))
    turns: list[FilmMoment]
    cliffhanger: FilmMoment | None
    end: FilmMoment | None
    speakers: list[SpeakerShare]
    repeated: list[FilmMoment] = field(
        metadata=described("Lines that stand in another film of the maker's too.")
    )
    sameness: float
    longest_silence: float = field(metadata=described("Seconds."))
    words_kept: float | None = field(metadata=described("The share of the idea's words."))
    is_older: bool = field(metadata=described("The script was edited since."))


@dataclass(frozen=True)
class StoryState:
    """What was read in a project's idea, and what has come of it."""

    project_id: UUID
    text: str
    material: Literal["", "idea", "prose", "screenplay", "words"] = field(
        metadata=described("As its maker says; empty: as it is recognised.")
    )
    recognised: Literal["", "idea", "prose", "screenplay", "words"] = field(
        metadata=described("Empty before it was read.")
    )
    facts: list[StoryFact] | None = field(metadata=described("Null before they were read."))
    unknown: list[UnknownWord]
    corrections: list[FactCorrection]
    revision: int = field(metadata=described("Counts the changes of corrections and material."))
    outline_older: bool = field(
        metadata=described("The outline was planned before the latest corrections.")
    )
    drafts: list[DraftOutline]
    no_more_drafts: bool = field(metadata=described("The idea left no other draft open."))
    report: FilmReport | None


def present_story(project: Project, story: ProjectStory) -> StoryState:
    """A project's story as its owner's page shows it. No query."""
    facts = corrected_facts(story)
    return StoryState(
        project_id=project.pk,
        text=project.idea,
        material=project.material,  # type: ignore[arg-type]
        recognised=story.recognised,  # type: ignore[arg-type]
        facts=list(_present_facts(facts, _kept_in(project, story))) if facts is not None else None,
        unknown=_present_unknown(facts) if facts is not None else [],
        corrections=[FactCorrection(**data) for data in story.corrections],
        revision=story.revision,
        outline_older=project.outline is not None and story.planned_revision < story.revision,
        drafts=[_present_draft(project, story, draft) for draft in story.drafts],
        no_more_drafts=story.no_more_drafts,
        report=_present_report(project, story) if story.report is not None else None,
    )


def _present_unknown(facts: Facts) -> list[UnknownWord]:
    return [UnknownWord(facts.said(span), span.start, span.end) for span in facts.unknown]


@dataclass(frozen=True)
class _Kept:
    """Where the film keeps each fact, by kind and place in the text."""

    found: dict[tuple[str, int, int], JsonObject]

    def fact(
        self,
        kind: FactKind,
        text: str,
        spans: list[Span],
        *,
        word: str = "",
        meaning: str = "",
        person: PersonDetails | None = None,
    ) -> StoryFact:
        """A fact with where the film keeps it."""
        found = None
        if spans:
            found = self.found.get((kind, spans[0].start, spans[0].end))
        return StoryFact(
            kind=kind,
            text=text,
            word=word,
            spans=[TextSpan(span.start, span.end) for span in spans],
            person=person,
            meaning=meaning,
            kept=None if found is None else not found["missing"],
            places=[FilmPlace(**place) for place in found["shots"]] if found else [],
            missing=_MISSING.get(kind) if found and found["missing"] else None,
        )


def _kept_in(project: Project, story: ProjectStory) -> _Kept:
    """Nothing is known of a script that was changed since."""
    known = story.report is not None and story.told_revision == project.script_revision
    return _Kept({(fact["kind"], fact["start"], fact["end"]): fact for fact in story.kept if known})


def _present_facts(facts: Facts, kept: _Kept) -> Iterator[StoryFact]:
    names = {person.id: person.name or person.called for person in facts.people}
    for person in facts.people:
        yield kept.fact(
            "person", person.name or person.called, list(person.spans), person=_details(person)
        )
    for relation in facts.relations:
        a, b = names.get(relation.a, "?"), names.get(relation.b, "?")
        yield kept.fact(
            "relation", f"{a} · {relation.word} · {b}", [relation.span], word=relation.word
        )
    for place in facts.places:
        yield kept.fact("place", place.text, [place.span], meaning=place.location or "")
    for time in facts.times:
        yield kept.fact("time", time.text, [time.span])
    for thing in facts.things:
        yield kept.fact("thing", thing.text, [thing.span])
    for event in facts.events:
        who = names.get(event.agent or "", "")
        whom = names.get(event.patient or "", "")
        text = " · ".join(part for part in (who, event.verb, whom) if part)
        yield kept.fact("event", text, [event.span], word=event.verb)
    for number in facts.numbers:
        yield kept.fact("number", number.text, [number.span])
    for negation in facts.negations:
        yield kept.fact("negation", negation.what, [negation.span])
    for tone in facts.tones:
        yield kept.fact("tone", tone.text, [tone.span], meaning=tone.meaning)


def _details(person: PersonFact) -> PersonDetails:
    return PersonDetails(
        name=person.name,
        role=person.role,
        sex=person.sex,
        age=person.age,
        being=person.being,
        group=person.group,
        asked=is_asked(person),
    )


def _present_draft(project: Project, story: ProjectStory, draft: JsonObject) -> DraftOutline:
    outline: JsonObject = draft["outline"]
    kept = project.outline or {}
    return DraftOutline(
        seed=draft["seed"],
        title=outline["title"],
        logline=outline["logline"],
        genre=outline["genre"],
        seconds=outline["seconds"],
        cast=[DraftPerson(person["name"], person["figure"]) for person in outline["people"]],
        first_line=draft["first_line"],
        turn=draft["turn"],
        ending=draft["ending"],
        is_kept=kept.get("seed") == draft["seed"] and kept.get("beats") == outline["beats"],
        is_older=draft["revision"] < story.revision,
    )


def _present_report(project: Project, story: ProjectStory) -> FilmReport:
    report: JsonObject = story.report
    return FilmReport(
        hook=_moment(report["hook"]),
        hook_in_time=report["hook_in_time"],
        turns=[FilmMoment(**turn) for turn in report["turns"]],
        cliffhanger=_moment(report["cliffhanger"]),
        end=_moment(report["end"]),
        speakers=[SpeakerShare(name, share) for name, share in report["speakers"].items()],
        repeated=[FilmMoment(**line) for line in report["repeated"]],
        sameness=report["sameness"],
        longest_silence=report["longest_silence"],
        words_kept=story.words_kept,
        is_older=story.told_revision != project.script_revision,
    )


def _moment(data: JsonObject | None) -> FilmMoment | None:
    return FilmMoment(**data) if data is not None else None
