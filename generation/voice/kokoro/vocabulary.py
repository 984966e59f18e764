"""The signs that Kokoro v1.0 reads, and the mouth that each is said with.

Numbers are those of the model's published configuration. A sign is a phoneme of misaki's IPA, a
mark, or the arrow of a Chinese tone.
"""

from __future__ import annotations

from generation.storyboard import Viseme

MODEL = "kokoro-v1.0.int8.onnx"  # the file in the pack
MAX_TOKENS = 510
_NUMBERED = {
    1: ";:,.!?", 9: "—…\"()“” \u0303ʣʥʦʨᵝ\uab67AI", 31: "O", 33: "Q", 35: "ST", 39: "W", 41: "Yᵊ",
    43: "abcdef", 50: "hijklmnopqrstuvwxyzɑɐɒæ", 75: "βɔɕç", 80: "ɖðʤə", 85: "ɚɛɜ", 90: "ɟ",
    92: "ɡ", 99: "ɥ", 101: "ɨɪʝ", 110: "ɯɰŋɳɲɴø", 118: "ɸθœ", 123: "ɹ", 125: "ɾɻ", 128: "ʁɽʂʃʈʧ",
    135: "ʊʋ", 138: "ʌɣɤ", 142: "χʎ", 147: "ʒʔ", 156: "ˈˌː", 162: "ʰ", 164: "ʲ", 169: "↓",
    171: "→↗↘", 177: "ᵻ",
}  # fmt: skip
TOKENS = {sign: first + at for first, signs in _NUMBERED.items() for at, sign in enumerate(signs)}

PAUSES = frozenset(";:,.!?—…")

_SHAPES: dict[Viseme, str] = {
    "rest": ";:,.!?—…",
    "closed": "pbm",
    "teeth": "fvszʂʃʒθðɕʦʨʣʥ\uab67ʧʤtdnlɹɻT",
    "round": "uwoOQWʊɔyɥ",
    "wide": "iIeɪjAYɨ",
    "open": "aɑæʌɐəɚɜɛɤɒ",
}
_SHAPE_OF: dict[str, Viseme] = {sign: shape for shape, signs in _SHAPES.items() for sign in signs}


def known(phonemes: str) -> str:
    """The signs that the model knows, as many as it can read."""
    return "".join(sign for sign in phonemes if sign in TOKENS)[:MAX_TOKENS]


def viseme(sign: str) -> Viseme | None:
    """The mouth of a sign; None keeps the mouth as it is."""
    return _SHAPE_OF.get(sign)
