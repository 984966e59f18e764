"""Text is read as it should be, engines are chosen and kept apart, and with the pack a line is
spoken the same each time, its mouths in time.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from generation import timing
from generation.store import Store
from generation.voice import (
    RATE,
    SpeechSynthesizer,
    Utterance,
    VoiceMissing,
    open_engine,
)
from generation.voice.kokoro import chinese, english
from generation.voice.kokoro.casting import voice_of
from generation.voice.kokoro.vocabulary import TOKENS, known, viseme
from generation.voice.store import StoredMeasure, VoiceStore
from models import InstalledPack
from tests.generation.test_voice_and_sound import alive
from tests.packs import pack_or_skip
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def pack() -> InstalledPack:
    return pack_or_skip("voice")


def read(text: str, own: dict[str, str] | None = None) -> str:
    readings = {word: chinese.readings_of(word, said) for word, said in (own or {}).items()}
    return chinese.phonemes(text, readings, lambda word: f"<{word}>")


@pytest.mark.parametrize(
    ("pinyin", "signs"),
    [
        ("zhong1", "ꭧʊ→ŋ"), ("chi2", "ꭧʰɨ↗"), ("zi5", "ʦɨ"), ("yu3", "y↓"), ("nv3", "ny↓"),
        ("lüe4", "lɥe↘"), ("xuan4", "ɕɥɛ↘n"), ("jiu3", "ʨjou↓"), ("gui1", "kwei→"),
        ("wen4", "wə↘n"), ("weng1", "wə→ŋ"), ("er2", "ɚ↗"), ("yong4", "jʊ↘ŋ"), ("bo1", "pwo→"),
    ],
)  # fmt: skip
def test_syllables_have_the_signs_that_the_voices_were_trained_on(pinyin: str, signs: str) -> None:
    assert chinese.ipa_of(pinyin) == signs == known(signs)


def test_every_syllable_of_chinese_can_be_said() -> None:
    from pypinyin import pinyin_dict
    from pypinyin.contrib.tone_convert import to_tone3

    common = [code for code in range(0x4E00, 0x9FA6) if code in pinyin_dict.pinyin_dict]
    for code in common[::7]:
        for said in pinyin_dict.pinyin_dict[code].split(","):
            syllable = to_tone3(said, neutral_tone_with_five=True)
            if syllable[:-1] not in ("hm", "hng", "m", "n", "ng", "ê"):
                assert chinese.ipa_of(syllable), said


def test_characters_of_several_readings_follow_their_words() -> None:
    assert read("银行行长") == "i↗nxa↗ŋ xa↗ŋꭧa↓ŋ"
    assert read("重逢").startswith("ꭧʰʊ↗ŋ") and read("重要").startswith("ꭧʊ↘ŋ")
    assert "xwa↗n" in read("今天该还了") and "xai↗" in read("他还没来")
    assert read("单雄信").startswith("ʂa↘n")  # a surname


def test_numbers_are_words() -> None:
    assert read("欠我2封信") == read("欠我两封信")
    assert read("2026年") == read("二零二六年")
    assert read("涨了3.5%") == read("涨了百分之三点五")


def test_a_maker_says_how_a_word_is_read() -> None:
    plain = read("他叫长重")
    said = read("他叫长重", {"长重": "chang2 chong2"})
    assert said.endswith("ꭧʰa↗ŋꭧʰʊ↗ŋ") and said != plain
    assert read("他叫长重", {"长重": "cháng chóng"}) == said
    for wrong in ("chong2", "chong9 guang1", "xyz1 guang1"):
        with pytest.raises(ValueError):
            read("他叫长重", {"长重": wrong})


def test_english_within_chinese_and_within_itself() -> None:
    assert "<AI>" in read("他说AI会写诗")
    said = {"Where is Mister Shee": "wˌɛɹ ɪz mˈɪstɚ ʃˈiː", "go": "ɡˈo^ʊ"}
    signs = english.phonemes(
        "Where is Mister Xi? go.",
        {"Xi": "Shee"},
        lambda voice, texts: [said[text] for text in texts],
        british=False,
    )
    assert signs == "wˌɛɹ ɪz mˈɪstəɹ ʃˈi? ɡˈO."
    assert known(signs) == signs


def test_every_sign_is_said_with_a_mouth_that_fits() -> None:
    assert len(set(TOKENS.values())) == len(TOKENS)
    shapes = {sign: viseme(sign) for sign in "mauif,→ "}
    assert shapes == {"m": "closed", "a": "open", "u": "round", "i": "wide", "f": "teeth",
                      ",": "rest", "→": None, " ": None}  # fmt: skip


def test_a_character_keeps_a_voice_of_their_own_and_feelings_change_how_it_speaks() -> None:
    def voice(pitch: float = 1.0, emotion: str = "calm", figure: str | None = "lady"):  # type: ignore[no-untyped-def]
        return voice_of(Utterance("好", "zh", figure, emotion, pitch))  # type: ignore[arg-type]

    twins = [voice(pitch) for pitch in (1.0, 1.12, 0.92, 1.22, 0.86)]
    assert len({twin.styles for twin in twins}) == 5
    assert {twin.pitch for twin in twins} == {1.0}
    assert voice(emotion="sorrow").styles == voice(emotion="anger").styles
    assert voice(emotion="sorrow").speed < voice(emotion="anger").speed
    assert voice(figure=None).styles not in {twin.styles for twin in twins}
    for twin in twins:
        assert sum(weight for _, weight in twin.styles) == pytest.approx(1)


def test_without_the_pack_the_formant_engine_speaks_and_asking_for_the_other_is_told(
    tmp_path: Path,
) -> None:
    assert isinstance(open_engine(), SpeechSynthesizer)
    assert open_engine(tmp_path).name == "formant"
    with pytest.raises(VoiceMissing, match="没有自然语音包"):
        open_engine(tmp_path, "kokoro")


def test_a_line_is_the_same_in_every_process_and_its_mouths_are_in_time(
    pack: InstalledPack,
) -> None:
    lines = [Utterance("妈妈不怕雾。", "zh", "lady", "calm"),
             Utterance("The moon is old.", "en", None, "sorrow")]  # fmt: skip
    first, second = open_engine(pack.path.parent), open_engine(pack.path.parent, "kokoro")
    together = first.speak_all(lines)
    alone = [second.speak_all([line])[0] for line in lines]
    first.close()
    second.close()
    for (sound, spoken), (again, _) in zip(together, alone, strict=True):
        assert np.array_equal(sound, again)
        assert spoken.seconds == sound.size / RATE and 0.5 < spoken.seconds < 4
        assert not spoken.silent and np.abs(sound).max() <= 0.951
        starts = [mouth.start for mouth in spoken.mouths]
        assert starts == sorted(starts) and spoken.mouths[-1].shape == "rest"
    shapes = [mouth.shape for mouth in together[0][1].mouths]
    assert shapes.count("closed") == 4  # m, m, b, p


def test_engines_share_no_sound_and_lines_are_made_together(
    pack: InstalledPack, tmp_path: Path
) -> None:
    store, line = Store(tmp_path), Utterance("今天该还了", "zh", "lady", "anger")
    with VoiceStore(store, open_engine(pack.path.parent)) as voices:
        measure = StoredMeasure(voices)
        assert isinstance(measure, timing.PreparingMeasure)
        measure.prepare([line, line])
        assert voices.made == 1
        natural = measure(line)
    with VoiceStore(store) as voices:
        assert voices.spoken(line).seconds != natural and voices.made == 1
    with VoiceStore(store, open_engine(pack.path.parent, "auto", {"还": "huan2"})) as voices:
        assert not store.has(voices.key(line), ".json")  # another reading is another sound
    with VoiceStore(store, open_engine(pack.path.parent)) as voices:
        assert voices.spoken(line).seconds == natural and voices.made == 0


def test_what_cannot_be_spoken_is_silence(pack: InstalledPack) -> None:
    engine = open_engine(pack.path.parent)
    ((sound, spoken),) = engine.speak_all([Utterance("😀😀……", "zh", None, "calm")])
    engine.close()
    assert spoken.silent and not sound.any()


def test_the_child_dies_with_its_parent(pack: InstalledPack) -> None:
    code = (
        "import signal, sys; from pathlib import Path; from generation.voice import *; "
        "e = open_engine(Path(sys.argv[1]), 'kokoro'); "
        "e.speak_all([Utterance('好', 'zh', None, 'calm')]); "
        "print(e._model.pid, flush=True); signal.pause()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(pack.path.parent.resolve())],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    wait_until(lambda: not alive(child))
