"""Which puppet plays whom: from sex, age, kind and calling to figure, robe and voice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generation.story.facts.english_words import given_names
from generation.story.facts.types import Age, Being, Sex
from generation.story.facts.zh_people import sex_of_given
from generation.story.genres import ROBES
from generation.story.types import Person
from generation.storyboard import Figure, Robe

_BEINGS: Mapping[Being, Figure] = {
    "ghost": "ghost", "fox": "fox", "dragon": "dragon", "animal": "beast",
    "robot": "robot", "ai": "robot",
}  # fmt: skip
_SIGNED: tuple[Being, ...] = ("spirit", "animal", "ai")  # one puppet plays many of these
_AGES: Mapping[tuple[str, Age], Figure] = {
    ("f", "child"): "girl", ("m", "child"): "child", ("f", "old"): "crone", ("m", "old"): "elder",
    ("f", "young"): "lady", ("m", "young"): "scholar", ("f", "adult"): "lady",
    ("m", "adult"): "scholar",
}  # fmt: skip
# Callings that have a figure of their own, for the sex that it has.
_ROLES: tuple[tuple[str, str, Figure], ...] = (
    ("m", "将军|武士|侠|剑客|刀客|镖师|捕快|侍卫|王爷|士兵|军官|警察|刑警|特工|杀手|刺客|保镖|猎人"
     "|general|warrior|swordsman|soldier|knight|guard|assassin|captain|police|officer|hunter|samurai",
     "general"),
    ("m", "皇帝|县令|知县|丞相|大人|官|太子|钦差|法官|局长|国王|老板|总裁|校长|市长|玉帝|阎王|财主"
     "|emperor|king|magistrate|minister|judge|official|boss|mayor|principal|prince",
     "official"),
    ("m", "和尚|道士|法师|僧|方丈|monk|priest|abbot|taoist", "monk"),
    ("f", "丫鬟|宫女|侍女|婢|丫头|保姆|服务员|maid|servant|waitress", "maid"),
)  # fmt: skip
_FEMALE = re.compile(
    r"[她女妈娘姐妹奶婆姑姨婶嫂妻媳]|公主|皇后|贵妃|夫人|太太|小姐|闺|丫|新娘|仙子|母|"
    r"\b(?:she|her|woman|girl|mother|mom|daughter|sister|wife|queen|princess|lady|bride|widow|"
    r"grandma|grandmother|aunt|witch|mrs|miss|ms|actress|waitress|heroine|nun|goddess)\b",
    re.IGNORECASE,
)
_MALE = re.compile(
    r"[男爸爹爷叔伯哥弟舅夫僧汉]|父|儿子|公子|和尚|先生|书生|少爷|老头|将军|国王|皇帝|王子|新郎|老板|"
    r"\b(?:he|him|his|man|boy|father|dad|son|brother|husband|king|prince|grandpa|grandfather|uncle|"
    r"mr|sir|lord|monk|actor|groom|wizard)\b",
    re.IGNORECASE,
)
_CHILD = re.compile(
    r"孩|童|孙女|孙子|外孙|宝宝|小朋友|小学生|[^老]小?女孩|男孩|娃|"
    r"\b(?:child|kid|boy|girl|toddler|baby|little|grandson|"
    r"granddaughter|grandchild)\b",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"^老|老人|爷爷|奶奶|外婆|外公|姥|婆婆|老太|老头|老汉|老妇|老奶|"
    r"\b(?:old|elderly|grandma|grandpa|grandmother|grandfather|granny|elder)\b",
    re.IGNORECASE,
)
_BEING_WORDS: tuple[tuple[Being, str], ...] = (
    ("robot", r"机器|机械|仿生|\b(?:robot|android|cyborg|drone|machine)\b"),
    ("ai", r"人工智能|\bAI\b|智能|系统|\b(?:computer)\b"),
    ("dragon", r"龙王|小龙|巨龙|^龙|\bdragon\b"),
    ("ghost", r"女鬼|鬼|亡魂|幽灵|\b(?:ghost|phantom)\b"),
    ("fox", r"狐|\b(?:fox|vixen)\b"),
    ("animal", r"[猫狗兔熊狼虎狮马牛羊猪鸡鸭鹅鸟鼠猴象鹿龟蛇鱼蛙蝶]$|"
     r"\b(?:cat|dog|rabbit|bunny|bear|wolf|tiger|lion|horse|cow|sheep|pig|bird|mouse|monkey|deer|"
     r"owl|duck|frog|turtle|puppy|kitten|hedgehog|squirrel|hare|tortoise)\b"),
)  # fmt: skip


_SOFT_ENDINGS = "雨苗朵妹花露蕊"  # of pet names that the statistics do not hold; so 苗苗, 婷婷


@dataclass(frozen=True)
class Character:
    """Somebody to be played, as far as the text says."""

    id: str
    name: str
    sex: Sex | None = None
    age: Age | None = None
    being: Being = "human"
    role: str = ""
    called: str = ""


def described(id_: str, name: str, words: str = "") -> Character:
    """A character from their name and what the text says about them beside it.

    The name speaks first; ``words`` (a cast list's line, "MARY, 62, a nurse") where it is silent.
    """
    being: Being = "human"
    for kind, pattern in _BEING_WORDS:
        if re.search(pattern, name, re.IGNORECASE) or re.search(
            rf"^[^。.]{{0,12}}(?:{pattern})", words, re.IGNORECASE
        ):
            being = kind
            break
    sex: Sex | None = None
    for source in (name, words):
        female, male = _FEMALE.search(source), _MALE.search(source)
        if female or male:
            sex = "f" if female and (not male or female.start() <= male.start()) else "m"
            break
    if sex is None and being in ("human", "ghost", "spirit"):
        sex = _sex_of_name(name)
    age: Age | None = None
    years = re.search(r"(\d{1,3})\s*(?:岁|多岁|s\b)?", words)
    if _CHILD.search(name):
        age = "child"
    elif _OLD.search(name):
        age = "old"
    elif years:
        count = int(years.group(1))
        age = "child" if count < 14 else "young" if count < 30 else "adult" if count < 60 else "old"
    elif _CHILD.search(words):
        age = "child"
    elif _OLD.search(words):
        age = "old"
    return Character(id_, name, sex, age, being, role=words, called=name)


def _sex_of_name(name: str) -> Sex:
    """What the statistics of given names say of a name in either script; a man where they say
    nothing.
    """
    if not name.isascii():
        soft = name[-1:] in _SOFT_ENDINGS or (len(name) > 1 and name[-1] == name[-2])
        return sex_of_given(name) or ("f" if soft else "m")
    known = given_names()
    for word in name.split():
        sex = known.get(word.capitalize()) or known.get(word.lower())
        if sex is not None:
            return "f" if sex == "f" else "m"
    return "m"


def figure_of(character: Character) -> Figure:
    """The figure for a character: their kind first, then age, then calling."""
    if character.being in _BEINGS:
        figure = _BEINGS[character.being]
        if figure == "ghost" and character.sex == "m":
            return "scholar"  # the ghost puppet is a woman
        return figure
    if character.being == "spirit" and character.sex not in ("f", "m"):
        return "child"  # a moon or a wind: the lightest of the puppets, with its name on a sign
    sex = "f" if character.sex == "f" else "m"
    if character.age is None and _CHILD.search(character.name):
        return _AGES[sex, "child"]
    if character.age in ("child", "old"):
        return _AGES[sex, character.age]
    words = f"{character.name} {character.role}".lower()
    for of, pattern, figure in _ROLES:
        if of == sex and re.search(pattern, words):
            return figure
    return _AGES[sex, character.age or "adult"]


def cast_characters(characters: Sequence[Character]) -> tuple[Person, ...]:
    """The people of the film: each with a figure, a robe that nobody of that figure has yet, and a
    voice of their own.
    """
    people: list[Person] = []
    for character in characters:
        people.append(cast_character(character, people))
    return tuple(people)


def cast_character(character: Character, people: Sequence[Person]) -> Person:
    """A puppet and a voice for somebody who joins ``people``."""
    figure = figure_of(character)
    twins = [person for person in people if person.figure == figure]
    return Person(
        character.id,
        character.name,
        figure,
        _robe(figure, people),
        (1.0, 1.12, 0.92, 1.22, 0.86)[len(twins) % 5],
        called=character.called or character.name,
        sign=character.name if character.being in _SIGNED else "",
    )


def _robe(figure: Figure, people: Sequence[Person]) -> Robe:
    worn = [person.robe for person in people]
    of_twins = {person.robe for person in people if person.figure == figure}
    every: tuple[Robe, ...] = ("crimson", "indigo", "jade", "plum", "ochre", "ink", "ivory")
    choices = (*ROBES[figure], *(robe for robe in every if robe not in ROBES[figure]))
    free = [robe for robe in choices if robe not in of_twins] or list(choices)
    return min(free, key=lambda robe: (worn.count(robe), choices.index(robe)))


def person_id(number: int) -> str:
    """The id of the ``number``-th of the cast, from 0: A … Z, then P27, P28 …"""
    return chr(ord("A") + number) if number < 26 else f"P{number + 1}"
