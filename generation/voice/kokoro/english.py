"""English to the phonemes that Kokoro's English voices were trained on: espeak-ng's IPA in the
signs of misaki's documented alphabet (a letter for each diphthong, tʃ and dʒ in one sign).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

# Long ones first. What espeak ties with ^ is one sound.
_SIGNS = [
    ("ʔˌn\u0329", "tᵊn"), ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("t^ʃ", "ʧ"),
    ("ɔ^ɪ", "Y"), ("ə^l", "ᵊl"), ("ʲ", ""), ("ɚ", "əɹ"), ("r", "ɹ"), ("x", "k"), ("ç", "k"),
    ("ɐ", "ə"), ("ɬ", "l"), ("\u0303", ""),
]  # fmt: skip
_AMERICAN = [("o^ʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", "")]
_BRITISH = [("e^ə", "ɛː"), ("iə", "ɪə"), ("ə^ʊ", "Q")]
_LAST = [("o", "ɔ"), ("ɾ", "T"), ("ʔ", "t"), ("^", "")]
_MARK = re.compile(r"([,.!?]+)")

Ipa = Callable[[str, list[str]], list[str]]


def phonemes(text: str, own: Mapping[str, str], ipa: Ipa, *, british: bool) -> str:
    """The signs of a line. ``own`` has the maker's spellings, word → what to read instead; ``ipa``
    asks espeak-ng for the phonemes of texts in a voice.
    """
    for word, spelling in own.items():
        text = re.sub(rf"\b{re.escape(word)}\b", lambda _, said=spelling: said, text)  # type: ignore[misc]
    parts = [part.strip() for part in _MARK.split(text)]
    said = [part for part in parts if part and not _MARK.fullmatch(part)]
    voice = "en" if british else "en-us"
    signs = iter(ipa(voice, said) if said else [])
    joined = ""
    for part in parts:
        if _MARK.fullmatch(part):
            joined = joined.rstrip() + part[0] + " "
        elif part:
            joined += _signs(next(signs), british=british) + " "
    return joined.strip()


def _signs(ipa: str, *, british: bool) -> str:
    for old, new in [*_SIGNS, *(_BRITISH if british else _AMERICAN), *_LAST]:
        ipa = ipa.replace(old, new)
    return re.sub(r"(\S)\u0329", r"ᵊ\1", ipa).replace("\u0329", "").replace("_", "")
