"""What a filing number says by itself: who gave it, and in which year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from huaben.core.localized import LocalizedText

IssuerLevel = Literal["central", "provincial"]
# The form of docs' numbers (网微剧审字, 网微剧备字), normalized; others say nothing by themselves.
_NUMBER = re.compile("（([一-鿿]{1,4})）网微剧[审备]字（([0-9]{4})）第[0-9]{3,5}号")


@dataclass(frozen=True)
class Issuer:
    """An authority that gives numbers."""

    level: IssuerLevel
    name: LocalizedText

    def is_called(self, authority: str) -> bool:
        """Whether ``authority`` may be this one's name: offices are called differently from
        province to province, and all name their own.
        """
        if self.level == "central":
            return "总局" in authority
        return self.name.zh in authority and "总局" not in authority


@dataclass(frozen=True)
class NumberParts:
    """The place and the year of a number; no ``issuer``: nobody is called so for short."""

    place: str
    year: int
    issuer: Issuer | None


def read_number(number: str) -> NumberParts | None:
    """The parts of a normalized number; None for one of another form."""
    found = _NUMBER.fullmatch(number)
    if found is None:
        return None
    place, year = found.groups()
    return NumberParts(place=place, year=int(year), issuer=ISSUERS.get(place))


# By the character that stands for it (GB/T 2260), or its own name.
_PROVINCES = """
京 北京 Beijing|津 天津 Tianjin|冀 河北 Hebei|晋 山西 Shanxi|蒙 内蒙古 Inner Mongolia
辽 辽宁 Liaoning|吉 吉林 Jilin|黑 黑龙江 Heilongjiang|沪 上海 Shanghai|苏 江苏 Jiangsu
浙 浙江 Zhejiang|皖 安徽 Anhui|闽 福建 Fujian|赣 江西 Jiangxi|鲁 山东 Shandong|豫 河南 Henan
鄂 湖北 Hubei|湘 湖南 Hunan|粤 广东 Guangdong|桂 广西 Guangxi|琼 海南 Hainan|渝 重庆 Chongqing
川 四川 Sichuan|蜀 四川 Sichuan|贵 贵州 Guizhou|黔 贵州 Guizhou|云 云南 Yunnan|滇 云南 Yunnan
藏 西藏 Xizang|陕 陕西 Shaanxi|秦 陕西 Shaanxi|甘 甘肃 Gansu|陇 甘肃 Gansu|青 青海 Qinghai
宁 宁夏 Ningxia|新 新疆 Xinjiang|兵 新疆生产建设兵团 the XPCC
"""


def _read_provinces() -> dict[str, Issuer]:
    issuers = {}
    for row in _PROVINCES.replace("|", "\n").split("\n"):
        if row:
            short, zh, en = row.split(" ", 2)
            issuers[short] = issuers[zh] = Issuer("provincial", LocalizedText(zh, en))
    return issuers


ISSUERS: dict[str, Issuer] = {
    "总局": Issuer("central", LocalizedText("国家广播电视总局", "the NRTA")),
    **_read_provinces(),
}
