"""Facts marked by hand in a few texts, by the words that say them."""

from __future__ import annotations

from generation.story.facts.types import (
    EventFact,
    Facts,
    NegationFact,
    PersonFact,
    PlaceFact,
    RelationFact,
    Span,
    ThingFact,
    TimeFact,
)


def at(text: str, words: str, from_: int = 0) -> Span:
    """Where ``words`` stand in ``text``."""
    start = text.index(words, from_)
    return Span(start, start + len(words))


def clockmaker() -> Facts:
    """One sentence, no names, a turn."""
    text = (
        "老修表匠在旧钟楼收到一封信，信是他死去的女儿写的，却劝他不要打开它。最后他把信埋在了雪里。"
    )
    return Facts(
        text=text,
        language="zh",
        people=(
            PersonFact(
                "A", "老修表匠", "", "修表匠", "m", True, "old", spans=(at(text, "老修表匠"),)
            ),
            PersonFact("B", "女儿", "", "女儿", "f", True, "young", spans=(at(text, "女儿"),)),
        ),
        relations=(RelationFact("B", "A", "女儿", at(text, "女儿")),),
        places=(PlaceFact("旧钟楼", at(text, "旧钟楼")),),
        times=(TimeFact("雪里", at(text, "雪里"), weather="snow"),),
        things=(ThingFact("信", at(text, "信"), "letter"),),
        events=(
            EventFact("e1", at(text, "老修表匠在旧钟楼收到一封信"), "收到", "A", None, "reach"),
            EventFact("e2", at(text, "信是他死去的女儿写的"), "写", "B", None, "reach"),
            EventFact("e3", at(text, "却劝他不要打开它"), "劝", "B", "A", None, turn=True),
            EventFact(
                "e4", at(text, "最后他把信埋在了雪里"), "埋", "A", None, "kneel", outcome=True
            ),
        ),
    )


def bookshop() -> Facts:
    """A paragraph with names, speech, a modern place, a negation and a thing without a prop."""
    text = (
        "雨夜，记者林晓走进城南便利店，遇见了失踪三年的哥哥林远。林远递给她一只录音笔，说：“别回家。”"
        "林晓没有听他的话，转身跑进雨里。可是家门口等着她的，是另一个林远。不要爱情线。"
    )
    return Facts(
        text=text,
        language="zh",
        people=(
            PersonFact("A", "林晓", "林晓", "记者", "f", True, "young",
                       spans=(at(text, "林晓"), at(text, "林晓没有"))),
            PersonFact("B", "林远", "林远", "哥哥", "m", True, "young",
                       spans=(at(text, "林远"), at(text, "林远递"))),
        ),
        relations=(RelationFact("B", "A", "哥哥", at(text, "哥哥")),),
        places=(PlaceFact("城南便利店", at(text, "城南便利店")),
                PlaceFact("家门口", at(text, "家门口"), "gate")),
        times=(TimeFact("雨夜", at(text, "雨夜"), hour="night", weather="rain"),),
        things=(ThingFact("录音笔", at(text, "录音笔")),),
        events=(
            EventFact("e1", at(text, "记者林晓走进城南便利店"), "走进", "A", None, "enter"),
            EventFact("e2", at(text, "遇见了失踪三年的哥哥林远"), "遇见", "A", "B", "reach"),
            EventFact("e3", at(text, "林远递给她一只录音笔"), "递给", "B", "A", "give"),
            EventFact("e4", at(text, "说：“别回家。”"), "说", "B", "A", None, quoted="别回家。"),
            EventFact("e5", at(text, "林晓没有听他的话"), "听", "A", "B", None),
            EventFact("e6", at(text, "转身跑进雨里"), "跑进", "A", None, "exit"),
            EventFact("e7", at(text, "可是家门口等着她的，是另一个林远"),
                      "等", "B", "A", "stand", turn=True),
        ),
        negations=(NegationFact("爱情线", at(text, "不要爱情线")),),
    )  # fmt: skip


def lighthouse() -> Facts:
    """English: two named people, a thing, a turn."""
    text = (
        "A retired keeper named Tom teaches his granddaughter Ada to light the old lighthouse. "
        "One night a ship calls for help, but the lamp is broken. "
        "Ada climbs the stairs with a jar of fireflies and holds it to the lens. "
        "In the morning the sailors find her asleep in Tom's arms."
    )
    return Facts(
        text=text,
        language="en",
        people=(
            PersonFact("A", "Tom", "Tom", "keeper", "m", True, "old",
                       spans=(at(text, "Tom"), at(text, "Tom's"))),
            PersonFact("B", "Ada", "Ada", "granddaughter", "f", True, "child",
                       spans=(at(text, "Ada"), at(text, "Ada climbs"))),
            PersonFact("C", "sailors", "", "sailors", "m", True, "adult",
                       spans=(at(text, "sailors"),), group=True),
        ),
        relations=(RelationFact("B", "A", "granddaughter", at(text, "granddaughter")),),
        places=(PlaceFact("lighthouse", at(text, "lighthouse")),),
        times=(TimeFact("night", at(text, "night"), hour="night"),
               TimeFact("morning", at(text, "morning"), hour="dawn")),
        things=(ThingFact("jar", at(text, "jar")),),
        events=(
            EventFact("e1", at(text, "A retired keeper named Tom teaches his granddaughter Ada"),
                      "teaches",
                      "A", "B", "point"),
            EventFact("e2", at(text, "a ship calls for help"), "calls"),
            EventFact("e3", at(text, "but the lamp is broken"), "broken", turn=True),
            EventFact("e4", at(text, "Ada climbs the stairs with a jar of fireflies"),
                      "climbs", "B", None,
                      "walk"),
            EventFact("e5", at(text, "holds it to the lens"), "holds", "B", None, "reach"),
            EventFact("e6", at(text, "the sailors find her asleep in Tom's arms"),
                      "find", "C", "B", "enter",
                      outcome=True),
        ),
    )  # fmt: skip


ALL = (clockmaker, bookshop, lighthouse)
