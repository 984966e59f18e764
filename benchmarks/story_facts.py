"""How well the reader finds what a person marked in ideas: one JSON line per claim.

    .venv/bin/python -m benchmarks.story_facts [--file FILE.toml …] [--misses]

The ideas and their marks are in ``tests/generation/story/data``; its first file says how they are
written. ``seconds`` is the slowest idea once the tables are loaded.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from generation.story.facts import read_facts
from generation.story.facts.folding import fold
from generation.story.facts.lexicon import lexicon
from generation.story.facts.types import EventFact, Facts, PersonFact

DATA = Path(__file__).parents[1] / "tests" / "generation" / "story" / "data"


class Marked(TypedDict, total=False):
    """One idea as it was marked."""

    genre: str
    text: str
    people: list[str]
    relations: list[str]
    places: list[str]
    things: list[str]
    times: list[str]
    tones: list[str]
    events: list[str]
    negations: list[str]
    numbers: list[str]


@dataclass
class Score:
    """Found and marked of each kind, and what went wrong, in words."""

    found: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def share(self, *kinds: str) -> float:
        """Found of marked, over some kinds; 1 when none was marked."""
        marked = sum(self.marked[kind] for kind in kinds)
        return sum(self.found[kind] for kind in kinds) / marked if marked else 1.0

    def count(self, kind: str, found: bool, what: str) -> None:
        """Enter one marked fact."""
        self.marked[kind] += 1
        self.found[kind] += found
        if not found:
            self.misses.append(f"{kind}: {what}")


def load(paths: Iterable[Path]) -> list[Marked]:
    """The marked ideas of some files."""
    ideas: list[Marked] = []
    for path in paths:
        ideas += tomllib.loads(path.read_text("utf-8"))["ideas"]
    return ideas


def parts(line: str) -> list[str]:
    """The fields of a mark."""
    return [part.strip() for part in line.split(",")]


def meant(called: str, people: Sequence[PersonFact]) -> PersonFact | None:
    """The person that a mark names: by name, by role, or by a part of either."""
    for exact in (True, False):
        for person in people:
            for word in map(fold, (person.name, person.called, *person.roles)):
                same = (
                    word == called if exact else bool(word) and (called in word or word in called)
                )
                if same:
                    return person
    return None


def near(said: str, read: Iterable[str]) -> bool:
    """Whether a word is among others, or a part of one, or one a part of it."""
    plain = fold(said).lower()
    return any(plain in (word := fold(text).lower()) or word in plain for text in read)


def judge(idea: Marked, facts: Facts, score: Score) -> None:
    """Compare what was read with what was marked."""
    matched = _judge_people(idea, facts, score)

    def who(called: str) -> str | None:
        person = meant(called, facts.people)
        return person.id if person else None

    for line in idea.get("relations", []):
        a, word, b = parts(line)
        pair = {who(a), who(b)}
        found = any(
            {r.a, r.b} == pair and (near(word, [r.word]) or r.a == who(a)) for r in facts.relations
        )
        score.count("relations", found and None not in pair, f"{line} | {idea['text']}")
    for kind, read in (
        ("places", [place.text for place in facts.places]),
        ("things", [thing.text for thing in facts.things]),
        ("times", [when.text for when in facts.times]),
        ("tones", [tone.text for tone in facts.tones]),
        ("negations", [negation.what for negation in facts.negations]),
    ):
        for said in idea.get(kind, []):  # type: ignore[attr-defined]
            score.count(kind, near(said, read), f"{said} | {read} | {idea['text']}")
    for line in idea.get("numbers", []):
        value, *unit = line.split()
        found = any(
            number.value == int(value) and (not unit or number.unit.startswith(unit[0][:4]))
            for number in facts.numbers
        )
        score.count("numbers", found, f"{line} | {idea['text']}")
    _judge_events(idea, facts, score)
    for person in facts.people:
        if person.id not in matched:
            score.wrong["nobody"] += 1
            score.misses.append(f"nobody: {person.called} | {idea['text']}")


def _judge_people(idea: Marked, facts: Facts, score: Score) -> set[str]:
    matched: set[str] = set()
    for line in idea.get("people", []):
        called, sex, age, *being = parts(line)
        person = meant(called, facts.people)
        kind = "names" if _is_name(called) else "people"
        score.count(kind, person is not None, f"{line} | {idea['text']}")
        if person is None:
            continue
        matched.add(person.id)
        wrong_sex = sex not in ("-", person.sex) and not (person.sex is None and sex in "fm")
        wrong_sex = wrong_sex or (sex == "-" and person.sex in ("f", "m") and person.sex_sure)
        wrong_age = age != "-" and person.age not in (age, None)
        for what, value, is_wrong in (
            ("sex", person.sex, wrong_sex),
            ("age", person.age, wrong_age),
            ("being", person.being, person.being != (being[0] if being else "human")),
        ):
            score.wrong[what] += is_wrong
            if is_wrong:
                score.misses.append(f"{what}: {line} read {value} | {idea['text']}")
        score.wrong["sex unsaid"] += sex in ("f", "m") and person.sex is None
    return matched


def _is_name(called: str) -> bool:
    """Whether a mark is a name: written with a capital, or no word of the tables."""
    return called[:1].isupper() or (not called.isascii() and called not in lexicon("zh").roles)


def _judge_events(idea: Marked, facts: Facts, score: Score) -> None:
    taken: set[str] = set()
    for line in idea.get("events", []):
        verb, agent, patient = parts(line)
        candidates = [
            event for event in facts.events
            if event.id not in taken and near(verb, [event.verb])
        ]  # fmt: skip
        score.count("events", bool(candidates), f"{line} | {idea['text']}")
        if not candidates:
            continue
        best = max(candidates, key=lambda event: _same_people(event, agent, patient, facts))
        taken.add(best.id)
        for kind, called, read in (
            ("agents", agent, best.agent),
            ("patients", patient, best.patient),
        ):
            person = meant(called, facts.people)
            if called != "-":
                right = person is not None and read == person.id
                score.count(kind, right, f"{line} read {_called(read, facts)} | {idea['text']}")


def _same_people(event: EventFact, agent: str, patient: str, facts: Facts) -> int:
    right = 0
    for called, read in ((agent, event.agent), (patient, event.patient)):
        person = meant(called, facts.people)
        right += person is not None and person.id == read
    return right


def _called(person: str | None, facts: Facts) -> str:
    return next((fact.called for fact in facts.people if fact.id == person), "nobody")


def measure(ideas: Sequence[Marked]) -> tuple[Score, float]:
    """The score over some ideas, and the seconds that the slowest took."""
    score, slowest = Score(), 0.0
    read_facts("书生来了")
    read_facts("A man came.")
    for idea in ideas:
        began = time.process_time()
        facts = read_facts(idea["text"])
        slowest = max(slowest, time.process_time() - began)
        judge(idea, facts, score)
    return score, slowest


def claims(score: Score, slowest: float) -> list[dict[str, object]]:
    """The claims with their bars and goals."""
    people = score.marked["names"] + score.marked["people"]
    wrong = score.wrong["sex"] + score.wrong["age"]
    rows: list[tuple[str, float, float, float, bool]] = [
        ("named people found", score.share("names"), 0.95, 1.0, True),
        ("all people found", score.share("names", "people"), 0.95, 1.0, True),
        ("wrong sex or age", wrong / max(1, people), 0.02, 0.0, False),
        ("relations", score.share("relations"), 0.85, 0.95, True),
        ("places, things, events", score.share("places", "things", "events"), 0.9, 0.97, True),
        ("events", score.share("events"), 0.9, 0.97, True),
        ("who does it", score.share("agents"), 0.9, 0.97, True),
        ("to whom", score.share("patients"), 0.85, 0.95, True),
        ("times and numbers", score.share("times", "numbers"), 0.9, 1.0, True),
        ("people that are none", score.wrong["nobody"], 0, 0, False),
        ("negations missed", score.marked["negations"] - score.found["negations"], 0, 0, False),
        ("seconds", slowest, 0.2, 0.05, False),
    ]  # fmt: skip
    return [
        {
            "benchmark": "story_facts", "claim": claim, "value": round(value, 3), "bar": bar,
            "goal": goal, "ok": value >= bar if more else value <= bar,
        }
        for claim, value, bar, goal, more in rows
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, action="append")
    parser.add_argument("--misses", action="store_true", help="list what was not found")
    options = parser.parse_args()
    score, slowest = measure(load(options.file or sorted(DATA.glob("ideas*.toml"))))
    rows = claims(score, slowest)
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
    if options.misses:
        print("\n".join(score.misses), file=sys.stderr)
    sys.exit(0 if all(row["ok"] for row in rows) else 1)


if __name__ == "__main__":
    main()
