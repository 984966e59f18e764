"""Chinese to the phonemes that Kokoro's Chinese voices were trained on: misaki's IPA of pinyin,
words parted by blanks, the tone of a syllable an arrow behind its vowel.

Words come from the engine's own segmenter, readings from pypinyin, from
``data/pronunciation.zh.toml`` and from the maker. No tone sandhi is written: the model was trained
on the tones of the dictionary and makes it itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files

from generation.story.facts.segmenting import Token, segment

_INITIALS = {
    "zh": "\uab67", "ch": "\uab67ʰ", "sh": "ʂ", "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t",
    "t": "tʰ", "n": "n", "l": "l", "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ",
    "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s",
}  # fmt: skip
# Finals in full spelling; 0 is where the tone goes.
_FINALS = {
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0",
    "en": "ə0n", "eng": "ə0ŋ", "i": "i0", "ia": "ja0", "ian": "jɛ0n", "iang": "ja0ŋ", "iao": "jau0",
    "ie": "je0", "in": "i0n", "iou": "jou0", "ing": "i0ŋ", "iong": "jʊ0ŋ", "ong": "ʊ0ŋ",
    "ou": "ou0", "u": "u0", "uei": "wei0", "ua": "wa0", "uai": "wai0", "uan": "wa0n",
    "uen": "wə0n", "uang": "wa0ŋ", "ueng": "wə0ŋ", "uo": "wo0", "o": "wo0", "ü": "y0",
    "üe": "ɥe0", "üan": "ɥɛ0n", "ün": "y0n", "er": "ɚ0", "ê": "ɛ0", "io": "jɔ0", "iai": "jai0",
}  # fmt: skip
_ALONE = {"o": "ɔ0", "io": "jɔ0", "m": "m0", "n": "n0", "ng": "ŋ0", "hm": "hm0", "hng": "hŋ0"}
_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
# Short spellings and those with y and w, as pinyin is written.
_SPELT = {"iu": "iou", "ui": "uei", "un": "uen"}
_WITH_Y = {"yi": "i", "yu": "ü", "yue": "üe", "yuan": "üan", "yun": "ün", "you": "iou",
           "yin": "in", "ying": "ing", "yong": "iong", "yo": "io"}  # fmt: skip
_PINYIN = re.compile(r"([a-zêüv]+)([1-5])")

_MARKS = {"，": ", ", "、": ", ", "。": ". ", "！": "! ", "？": "? "}
_TWO = re.compile(r"(?<![\d.])2(?=[个位只把条天年件句封杯张间座匹人次遍页本碗盏颗块里])")


def ipa_of(pinyin: str) -> str:
    """One syllable, its tone a number behind it (``zhong1``, ``lv4`` or ``lü4``), in the model's
    signs. Raises ``ValueError`` for what is no syllable.
    """
    found = _PINYIN.fullmatch(pinyin.lower())
    if found is None:
        raise ValueError(f"{pinyin!r}: a syllable and its tone in numbers is wanted (chong2)")
    spelt, tone = found[1].replace("v", "ü"), _TONES[found[2]]
    if spelt in _ALONE:
        return _ALONE[spelt].replace("0", tone)
    initial, final = _parts(spelt)
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        return _INITIALS[initial] + "ɨ" + tone
    if final not in _FINALS:
        raise ValueError(f"{pinyin!r}: there is no such syllable")
    return _INITIALS.get(initial, "") + _FINALS[final].replace("0", tone)


def _parts(spelt: str) -> tuple[str, str]:
    """Initial and final in full spelling."""
    if spelt[0] == "y":
        return "", _WITH_Y.get(spelt, "i" + spelt[1:])
    if spelt[0] == "w":
        return "", "u" if spelt == "wu" else {"wei": "uei", "wen": "uen"}.get(
            spelt, "u" + spelt[1:]
        )
    initial = next((name for name in _INITIALS if spelt.startswith(name)), "")
    final = spelt[len(initial) :]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:]
    return initial, _SPELT.get(final, final)


@lru_cache(maxsize=1)
def _tables() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str], Mapping[str, str]]:
    """Words, surnames and particles with their readings."""
    text = files("generation.voice").joinpath("data", "pronunciation.zh.toml").read_text("utf-8")
    data = tomllib.loads(text)
    words = {word: readings_of(word, said) for word, said in data["words"].items()}
    return words, data["surnames"], data["particles"]


def readings_of(word: str, said: str) -> tuple[str, ...]:
    """What a maker or a table says of a word: a syllable for each of its characters, its tone as a
    number or a mark (``chong2``, ``chóng``).

    Raises ``ValueError`` when they are not as many, or one is no syllable.
    """
    from pypinyin.contrib.tone_convert import to_tone3

    syllables = tuple(
        syllable
        if syllable[-1].isdigit()
        else to_tone3(syllable, neutral_tone_with_five=True, v_to_u=True)
        for syllable in said.lower().split()
    )
    if len(syllables) != len(word):
        raise ValueError(f"{word}={said}: {len(word)} syllables are wanted, parted by blanks")
    for syllable in syllables:
        ipa_of(syllable)
    return syllables


def phonemes(text: str, own: Mapping[str, tuple[str, ...]], english: Callable[[str], str]) -> str:
    """The signs of a line. ``own`` has the maker's readings, which go before all others;
    ``english`` gives the signs of what stands in Latin letters.
    """
    words, _, _ = _tables()
    known = {**words, **own}
    signs: list[str] = []
    for token in segment(_in_words(text), known):
        if token.tag == "mark":
            signs.append(_MARKS.get(token.text, f"{token.text} "))
        elif token.tag == "latin":
            signs.append(f" {english(token.text)} ")
        else:
            signs.append(_word(token, known) + " ")
    joined = re.sub(r"\s+", " ", "".join(signs))
    return re.sub(r"\s+(?=[,.!?])", "", joined).strip()


def _in_words(text: str) -> str:
    """A line with its numbers in words."""
    import cn2an

    if not any(char.isdigit() for char in text):
        return text
    try:
        return str(cn2an.transform(_TWO.sub("两", text), "an2cn"))
    except ValueError:
        return text


def _word(token: Token, known: Mapping[str, tuple[str, ...]]) -> str:
    _, surnames, particles = _tables()
    if token.text in known:
        return "".join(map(ipa_of, known[token.text]))
    if token.tag in particles and len(token.text) == 1:
        said = dict(pair.split("=") for pair in particles[token.tag].split())
        if token.text in said:
            return ipa_of(said[token.text])
    readings = _readings(token.text, known)
    if token.tag in ("name", "title", "nr") and token.text[0] in surnames:
        readings[:1] = [surnames[token.text[0]]]
    return "".join(map(ipa_of, readings))


def _readings(word: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The syllables of a word: parts of it that a table knows, the rest by pypinyin."""
    from pypinyin import Style, lazy_pinyin

    for size in range(len(word) - 1, 0, -1):
        for at in range(len(word) - size + 1):
            part = word[at : at + size]
            if part in known:
                before = _readings(word[:at], known) if at else []
                after = _readings(word[at + size :], known) if at + size < len(word) else []
                return [*before, *known[part], *after]
    found = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=True)
    return [said for said in found if _is_syllable(said)]


def _is_syllable(said: str) -> bool:
    """Whether this is a reading at all: of a character that it does not know, pypinyin gives the
    character.
    """
    try:
        ipa_of(said)
    except ValueError:
        return False
    return True
