"""The plays of the demo's season: ideas only; the engine plans and renders them.

The short ones come first, so that an episode is shown soon. Every genre that a visitor may try the
feed with comes more than once, in an order that mixes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generation.story.types import Genre


@dataclass(frozen=True)
class Play:
    """One series of the season: so many ``episodes`` of ``seconds`` seconds each.

    With ``branches`` the first episode ends in a choice.
    """

    slug: str
    idea: str
    genre: Genre
    seed: int
    language: Literal["zh", "en"] = "zh"
    seconds: int = 30
    episodes: int = 1
    branches: bool = False


PLAYS = (
    Play(
        "lantern-wife", "雨夜破庙，书生遇见提灯的女鬼，她只想讨回当年的玉佩", "ghost", 7, seconds=32
    ),
    Play("broken-bridge", "断桥边的雨伞，一对失散多年的恋人在雪中重逢", "romance", 11),
    Play(
        "two-doors",
        "中元夜，古宅里的狐女问归来的书生：你信我，还是信那面镜子",
        "ghost",
        21,
        episodes=3,
        branches=True,
    ),
    Play("night-sword", "月下竹林，女侠认出仇人腰间那把剑是师父的", "wuxia", 5),
    Play("tea-letters", "茶馆掌柜的女儿与过路书生，用茶盏底下的信相爱", "romance", 3),
    Play(
        "fox-mirror",
        "A fox spirit in a borrowed face meets the scholar who once freed her",
        "ghost",
        9,
        language="en",
    ),
    Play("missing-jade", "知府丢失的玉佩，三个人都说自己没有进过书房", "mystery", 13),
    Play("palace-fan", "宫中一把团扇，藏着两位姐妹不能说的秘密", "palace", 17),
    Play("river-promise", "江上孤舟，他答应三年后回来娶她", "romance", 19, episodes=2),
    Play("grave-flute", "清明扫墓，坟前传来已故妹妹的笛声", "ghost", 23),
    Play("monk-cup", "老和尚和小徒弟为一只打碎的茶杯互相认错", "comedy", 29),
    Play("snow-return", "十年后，被逐出家门的女儿在大雪夜敲响了门", "family", 31),
    Play("burned-contract", "当众撕毁婚书的将军，如今跪在她的门前", "revenge", 37),
    Play(
        "paper-moon",
        "Two lovers parted by a flood promise to meet under the paper moon",
        "romance",
        41,
        language="en",
    ),
    Play("crane-debt", "樵夫救下一只鹤，鹤化作人来还一个愿望", "fable", 43),
)
