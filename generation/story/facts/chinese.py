"""Reading a Chinese text: words, then denials, people, events, and what is around them."""

from __future__ import annotations

from dataclasses import replace

from generation.story.facts.folding import fold
from generation.story.facts.happenings import Happening
from generation.story.facts.lexicon import Lexicon, grammar, lexicon
from generation.story.facts.numbers import chinese_value, read_chinese_numbers
from generation.story.facts.people import Somebody
from generation.story.facts.segmenting import Token, name_tables, segment
from generation.story.facts.types import EventFact, Facts, Span, ThingFact
from generation.story.facts.zh_events import EventReader, split_clauses
from generation.story.facts.zh_negations import read_negations
from generation.story.facts.zh_people import PeopleReader, canonical
from generation.story.facts.zh_things import SceneReader

MAX_KIN = 200  # people among whom kin is sought
_WEAK_KIN = grammar("zh", "weak_kin")
_CONTENT_TAGS = grammar("zh", "content_tags")


def read_chinese(text: str) -> Facts:
    """The facts of a text that is mostly Chinese. Spans are those of ``text`` as given."""
    folded = fold(text)
    lex = lexicon("zh")
    tokens = segment(folded, _OwnWords(lex))
    clauses = split_clauses(folded, tokens)
    negations, hidden = read_negations(folded, tokens, clauses, lex)
    people = PeopleReader(folded, tokens, lex, hidden)
    people.read()
    happenings = EventReader(folded, tokens, lex, people)
    happenings.read(clauses)
    happenings.acting = {
        id(person) for event in happenings.events for person in (event.agent, event.patient)
    }
    _relate_kin(people)
    _find_answering(people, happenings)
    _find_grandchildren(people, happenings)
    _inherit(people)
    around = SceneReader(folded, tokens, lex, people.used, hidden).read(
        clauses, happenings.event_tokens
    )
    keep = [person for person in people.cast.people if _is_somebody(person, people, happenings)]
    kept = set(map(id, keep))
    for person in people.cast.people:
        if id(person) not in kept and person.being == "animal" and person.spans:
            around.things.append(ThingFact(person.called, person.spans[0]))
    facts, relations, ids = people.cast.facts(keep)
    numbers = read_chinese_numbers(folded)
    events = _events(happenings.events, ids)
    used = people.used | happenings.event_tokens | around.used
    counted = [n.span for n in numbers.numbers] + [year.span for year in numbers.years]
    read = Facts(
        text,
        "zh",
        tuple(replace(p, age=p.age or _age(folded, p.spans)) for p in facts),
        relations,
        tuple(around.places),
        tuple(sorted((*around.times, *numbers.years), key=lambda time: time.span.start)),
        tuple(sorted(around.things, key=lambda thing: thing.span.start)),
        events,
        tuple(negations),
        tuple(n for n in numbers.numbers if n.span.start not in hidden),
        tuple(around.tones),
        _unknown(tokens, used, hidden, lex, counted),
    )
    return _as_written(read, folded)


def _as_written(facts: Facts, folded: str) -> Facts:
    """The words of the facts as the text has them: 劍客 where 剑客 was read."""
    text = facts.text
    if text == folded:
        return facts

    def own(word: str, near: int) -> str:
        at = folded.find(word, max(0, near - 40)) if word else -1
        return text[at : at + len(word)] if at >= 0 else word

    def spanned(span: Span) -> str:
        return text[span.start : span.end]

    people = tuple(
        replace(
            p,
            called=own(p.called, p.spans[0].start if p.spans else 0),
            name=own(p.name, p.spans[0].start if p.spans else 0),
            role=own(p.role, p.spans[0].start if p.spans else 0),
            roles=tuple(own(role, p.spans[0].start if p.spans else 0) for role in p.roles),
        )
        for p in facts.people
    )
    return replace(
        facts,
        people=people,
        relations=tuple(replace(r, word=own(r.word, r.span.start)) for r in facts.relations),
        places=tuple(replace(p, text=spanned(p.span)) for p in facts.places),
        times=tuple(replace(t, text=spanned(t.span)) for t in facts.times),
        things=tuple(replace(t, text=spanned(t.span)) for t in facts.things),
        events=tuple(
            replace(e, verb=own(e.verb, e.span.start + 40), quoted=own(e.quoted, e.span.start + 40))
            for e in facts.events
        ),
        negations=tuple(replace(n, what=spanned(n.span)) for n in facts.negations),
        numbers=tuple(replace(n, text=spanned(n.span)) for n in facts.numbers),
        tones=tuple(replace(t, text=spanned(t.span)) for t in facts.tones),
    )


class _OwnWords(dict[str, object]):
    """Membership in our tables, as the segmenter asks."""

    def __init__(self, lex: Lexicon) -> None:
        super().__init__(dict.fromkeys((*lex.words, *name_tables().famous)))


def _is_somebody(person: Somebody, people: PeopleReader, happenings: EventReader) -> bool:
    """Animals and monsters are people of the film when they act, are named or are somebody's."""
    if person.being in ("human", "robot", "ai") or person.name or not happenings.events:
        return True
    if person.age or len(person.spans) > 1 or person.sex in ("f", "m"):
        return True
    return id(person) in happenings.acting or any(
        person in (a, b) for a, _, b, _ in people.cast.relations
    )


def _relate_kin(people: PeopleReader) -> None:
    """丈夫 without whose: his wife's when there is one, else of who is spoken of before."""
    cast = people.cast
    related = {id(a) for a, _, _, _ in cast.relations}
    for person in list(cast.people[:MAX_KIN]):
        if not person.kin or person.of is not None or person.group:
            continue
        word = canonical(person.kin)
        if id(person) in related:
            continue
        span = person.spans[0] if person.spans else Span(person.at, person.at + 1)
        partner = next(
            (
                other
                for other in cast.people[:MAX_KIN]
                if other is not person
                and other.kin
                and frozenset((word, canonical(other.kin))) in people.lex.complements
            ),
            None,
        )
        named = bool(person.name) and person.kin in _BESIDE and person.at > cast.people[0].at
        if partner is None and person.kin in _WEAK_KIN and not named:
            continue
        base = partner or _relative_owner(people, person) or _base(people, person)
        if base is not None:
            cast.relate(person, person.kin, base, span)


_SIBLINGS = frozenset(["哥哥", "弟弟", "姐姐", "妹妹"])


def _find_answering(people: PeopleReader, happenings: EventReader) -> None:
    """师父 of whom somebody named took for a 徒弟: that somebody."""
    cast = people.cast
    for person in [p for p in cast.people[:MAX_KIN] if p.kin and not p.name and not p.group]:
        word = canonical(person.kin)
        own = [(said, b) for a, said, b, _ in cast.relations if a is person]
        if word in _SIBLINGS or len(own) != 1 or canonical(own[0][0]) != word:
            continue
        taken = [
            (event.patient, word, event.agent, person.spans[0])
            for event in happenings.events
            if word == "师父"  # who takes a child in is not its father
            and event.verb[:1] in ("收", "招")
            and event.patient is own[0][1]
            and event.agent
        ]
        found = [
            b
            for a, said, b, _ in (*cast.relations, *taken)
            if a is own[0][1]
            and b is not person
            and b.name
            and (said == word or frozenset((word, canonical(said))) in people.lex.complements)
            and (person.sex is None or b.sex in (person.sex, None) or not b.sure)
        ]
        if len({id(b) for b in found}) != 1:
            continue
        pupil, span = own[0][1], person.spans[0]
        cast.relations = [r for r in cast.relations if person not in (r[0], r[2])]
        _become(people, happenings, person, found[0])
        if pupil.kin:
            cast.relate(pupil, pupil.kin, found[0], span)


def _become(people: PeopleReader, happenings: EventReader, gone: Somebody, kept: Somebody) -> None:
    """Two turn out to be one, wherever they were spoken of."""
    people.cast.merge(kept, gone)
    people.repoint(gone, kept)
    for event in happenings.events:
        event.agent = kept if event.agent is gone else event.agent
        event.patient = kept if event.patient is gone else event.patient


_GRANDCHILDREN = frozenset(["孙女", "孙子", "外孙女", "外孙"])
_CHILDREN = frozenset(["女儿", "儿子", "孩子"])
_PARENTS = frozenset(["父亲", "母亲"])


def _find_grandchildren(people: PeopleReader, happenings: EventReader) -> None:
    """外孙女, where somebody's daughter has a father: the daughter's daughter."""
    cast = people.cast
    parents = []  # child, parent
    for a, said, b, _ in cast.relations:
        word = canonical(said)
        parents += [(a, b)] if word in _CHILDREN else [(b, a)] if word in _PARENTS else []
    for person in [p for p in cast.people[:MAX_KIN] if p.kin in _GRANDCHILDREN and not p.name]:
        found = [
            (child, grand)
            for child, parent in parents
            for other, grand in parents
            if other is parent and child is not person and child.sex in (None, person.sex)
        ]
        if len({(id(child), id(grand)) for child, grand in found}) != 1:
            continue
        child, grand = found[0]
        span = person.spans[0] if person.spans else Span(person.at, person.at + 1)
        cast.relations = [r for r in cast.relations if person not in (r[0], r[2])]
        _become(people, happenings, person, child)
        cast.relate(child, person.kin, grand, span)


_BORN = grammar("zh", "born")


def _inherit(people: PeopleReader) -> None:
    """A dragon's daughter is a dragon."""
    for a, word, b, _ in people.cast.relations:
        if word in _BORN and a.being == "human" and b.being in ("dragon", "animal", "fox"):
            a.being = b.being


def _relative_owner(people: PeopleReader, person: Somebody) -> Somebody | None:
    """失去孙子的李奶奶: whose grandson stands behind 的."""
    for span in person.spans[:3]:
        if people.text[span.end : span.end + 1] == "的":
            for mention in people.mentions[:2000]:
                if span.end < mention.start <= span.end + 4 and mention.person is not person:
                    return mention.person
    return None


# Weak kin who are somebody's all the same when they have a name: 班主任佟老师.
_BESIDE = frozenset(
    ["班主任", "邻居", "同桌", "室友", "同事", "助理", "秘书", "管家", "房东", "上司", "老板",
     "经纪人", "保镖", "丫鬟", "侍卫"]
)  # fmt: skip
_SPOUSES = frozenset(
    [
        "丈夫",
        "妻子",
        "老公",
        "老婆",
        "夫君",
        "娘子",
        "相公",
        "新郎",
        "新娘",
        "未婚夫",
        "未婚妻",
        "前夫",
        "前妻",
    ]
)


def _base(people: PeopleReader, person: Somebody) -> Somebody | None:
    fit = [
        other for other in people.cast.people[:MAX_KIN]
        if other is not person and not other.group and not (other.kin and not other.name)
    ]  # fmt: skip
    fit = [other for other in fit if other.being not in ("robot", "ai")] or fit
    if person.kin in _SPOUSES:
        fit = [other for other in fit if other.sex != person.sex] or fit
    start = person.at - len(people.text[: person.at].rsplit("，", 1)[-1].rsplit("。", 1)[-1])
    nearby = people.mentions if len(people.mentions) < 2000 else []
    for mention in reversed(nearby):
        if start <= mention.start < person.at and mention.person in fit:
            return mention.person
    earlier = [other for other in fit if other.at < person.at]
    return earlier[0] if earlier else (fit[0] if fit else None)


def _age(text: str, spans: tuple[Span, ...]):  # type: ignore[no-untyped-def]
    """岁 beside a mention."""
    for span in spans:
        near = text[max(0, span.start - 7) : span.start]
        at = near.rfind("岁")
        if at <= 0:
            near = text[span.end : span.end + 7].split("，", maxsplit=1)[0]
            at = near.find("岁")
        if at <= 0:
            continue
        begin = at
        while begin > 0 and (
            near[begin - 1].isdigit() or near[begin - 1] in "一二三四五六七八九十百"
        ):
            begin -= 1
        if begin < at:
            years = chinese_value(near[begin:at]) or 0
            return (
                "child"
                if years < 13
                else "young"
                if years < 30
                else "adult"
                if years < 60
                else "old"
            )
    return None


def _events(events: list[Happening], ids: dict[int, str]) -> tuple[EventFact, ...]:
    ordered = sorted(events, key=lambda event: event.at)
    last = ordered[-1].span if len({event.span.start for event in ordered}) > 1 else None
    return tuple(
        EventFact(
            f"e{number}",
            event.span,
            event.verb,
            ids.get(id(event.agent)) if event.agent else None,
            ids.get(id(event.patient)) if event.patient else None,
            event.act,
            event.turn,
            event.outcome or event.span == last,
            event.quoted,
            event.denied,
        )
        for number, event in enumerate(ordered, 1)
    )


def _unknown(
    tokens: list[Token], used: set[int], hidden: set[int], lex: Lexicon, counted: list[Span]
) -> tuple[Span, ...]:
    numbers = {at for span in counted for at in range(span.start, span.end)}
    return tuple(
        Span(token.start, token.end)
        for at, token in enumerate(tokens)
        if at not in used
        and token.tag in _CONTENT_TAGS
        and token.start not in hidden
        and token.start not in numbers
        and token.text not in lex.words
        and (len(token.text) > 1 or token.tag == "x")
    )
