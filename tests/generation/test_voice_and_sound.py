from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from generation.sound import ambience, music, strings
from generation.sound.loudness import RATE, integrated_loudness, normalise_loudness, true_peak
from generation.sound.mix import mix
from generation.storyboard import Camera, Cue, Setting, Shot, Storyboard
from generation.voice import SpeechSynthesizer, Utterance, mouths, speakable, viseme
from generation.voice.store import VoiceStore, read_wave, write_wave
from tests.waiting import wait_until


def tone(frequency: float, seconds: float, decibels: float) -> np.ndarray:
    time_ = np.arange(round(seconds * RATE)) / RATE
    return (10 ** (decibels / 20) * np.sin(2 * np.pi * frequency * time_)).astype(np.float32)


def test_loudness_of_the_recommendations_own_test_tone() -> None:
    # BS.1770-4: a 0 dB FS 997 Hz sine in one front channel reads -3.01 LKFS; in both, 3 dB more.
    assert integrated_loudness(tone(997, 5, 0.0)) == pytest.approx(-3.01, abs=0.05)
    assert integrated_loudness(np.stack([tone(1000, 20, -23.0)] * 2, axis=1)) == pytest.approx(
        -23.0, abs=0.1
    )


def test_silence_does_not_pull_the_loudness_down() -> None:
    # EBU Tech 3341 case 3: quiet stretches are gated out.
    parts = [tone(1000, 10, -36.0), tone(1000, 60, -23.0), tone(1000, 10, -36.0)]
    assert integrated_loudness(np.stack([np.concatenate(parts)] * 2, axis=1)) == pytest.approx(
        -23.0, abs=0.1
    )
    assert integrated_loudness(np.zeros(RATE, np.float32)) == float("-inf")


def test_true_peak_sees_between_the_samples() -> None:
    # A quarter-rate sine sampled 45° off its crests: samples reach 0.707, the wave reaches 1.
    count = np.arange(RATE)
    sound = np.sin(2 * np.pi * count / 4 + np.pi / 4).astype(np.float32)
    assert np.abs(sound).max() == pytest.approx(0.7071, abs=1e-3)
    assert true_peak(sound[100:-100]) == pytest.approx(0.0, abs=0.3)


def test_sound_is_brought_to_its_loudness_under_the_ceiling() -> None:
    sound = tone(330, 6, -30.0)
    sound[RATE : RATE + 40] += 0.9
    stereo = np.stack([sound, sound], axis=1)
    brought = normalise_loudness(stereo, -16.0, -1.5)
    assert integrated_loudness(brought) == pytest.approx(-16.0, abs=0.4)
    assert true_peak(brought) <= -1.4


@pytest.mark.parametrize("instrument", [strings.GUQIN, strings.PIPA, strings.GUZHENG])
def test_a_plucked_string_sounds_at_its_pitch_and_dies_away(instrument: strings.Instrument) -> None:
    note = strings.pluck(instrument, 57, 2.0).astype(np.float64)  # A3, 220 Hz
    spectrum = np.abs(np.fft.rfft(note[RATE // 2 : RATE // 2 + RATE]))
    peaks = [220 * harmonic for harmonic in (1, 2, 3)]
    assert min(abs(int(spectrum[20:2000].argmax()) + 20 - peak) for peak in peaks) <= 4
    assert np.abs(note[-RATE // 4 :]).max() < 0.7 * np.abs(note[: RATE // 4]).max()


def board(beats: list[tuple[str, float, str]], seed: int = 1) -> Storyboard:
    shots = tuple(
        Shot(
            id=f"s{index}",
            duration=4.0,
            setting=Setting("lakeside", "night", weather),  # type: ignore[arg-type]
            camera=Camera("wide"),
            cues=(Cue(None, "x", 0.5, 2.5),),
            beat=beat,
            tension=tension,
        )
        for index, (beat, tension, weather) in enumerate(beats)
    )
    return Storyboard("t", "zh", "ink", seed, (), shots, 180, 320, 8)


ARC = [
    ("setup", 0.2, "rain"),
    ("secret", 0.5, "rain"),
    ("threat", 0.86, "mist"),
    ("reversal", 0.95, "mist"),
    ("cliffhanger", 1.0, "mist"),
]


def test_the_same_board_gives_the_same_notes_and_another_seed_gives_others() -> None:
    assert music.compose(board(ARC)) == music.compose(board(ARC))
    assert music.compose(board(ARC, 1)) != music.compose(board(ARC, 2))


def test_music_is_silent_before_the_reversal_and_struck_at_it() -> None:
    notes = music.compose(board(ARC))
    assert not [note for note in notes if 11.0 < note.start < 12.0]
    assert {"drum", "gong"} <= {note.voice for note in notes if abs(note.start - 12.0) < 0.01}


def test_tension_makes_the_music_denser() -> None:
    notes = music.compose(board(ARC))
    calm = sum(note.start < 4.0 for note in notes)
    tense = sum(8.0 <= note.start < 11.0 for note in notes)
    assert tense > 2 * calm


def test_weather_is_heard() -> None:
    wet = ambience.render_ambience(board([("setup", 0.2, "rain")] * 2))
    dry = ambience.render_ambience(board([("setup", 0.2, "clear")] * 2))
    high = slice(6000, 9000)

    def energy(sound: np.ndarray) -> float:
        spectrum = np.abs(np.fft.rfft(sound[:RATE, 0]))
        return float(np.square(spectrum[high]).sum())

    assert energy(wet) > 4 * energy(dry)


def test_the_mix_meets_the_target_and_music_steps_back_for_words() -> None:
    spoken = board(ARC)
    quiet = {(index, 0): np.zeros(2 * RATE, np.float32) for index in range(5)}
    bed = mix(spoken, quiet)
    assert bed.shape == (20 * RATE, 2)
    assert integrated_loudness(bed) == pytest.approx(-16.0, abs=0.5)
    assert true_peak(bed) <= -1.0
    # With no voice in them, the spans of the cues hold the music alone: it must be lower there than
    # between.
    inside = np.sqrt(np.mean(np.square(bed[round(8.8 * RATE) : round(10.2 * RATE)])))
    between = np.sqrt(np.mean(np.square(bed[round(10.95 * RATE) : round(11.0 * RATE)])))
    assert inside < between * 1.5


def test_chinese_is_spoken_with_tones() -> None:
    def pitch_of(text: str) -> float:
        with SpeechSynthesizer() as speaker:
            sound, _ = speaker.speak(Utterance(text, "zh", "scholar", "calm"))
        rises = []
        for part in (sound[: sound.size // 2], sound[sound.size // 2 :]):
            frame = part[part.size // 3 : part.size // 3 + 4096].astype(np.float64)
            correlation = np.correlate(frame, frame, "full")[4095:]
            lag = 150 + int(correlation[150:800].argmax())
            rises.append(RATE / lag)
        return rises[1] / rises[0]

    # 麻 rises (second tone), 骂 falls (fourth): the same sound but for its tone.
    assert pitch_of("麻") > 1.05 > pitch_of("骂")


def test_figures_and_feelings_change_the_voice() -> None:
    with SpeechSynthesizer() as speaker:
        made = {
            (figure, emotion): speaker.speak(Utterance("你骗了我三年", "zh", figure, emotion))[
                1
            ].seconds
            for figure in ("lady", "general")
            for emotion in ("sorrow", "anger")
        }
    assert made["lady", "sorrow"] > 1.1 * made["lady", "anger"]


def test_mouths_follow_the_phonemes_and_end_at_rest() -> None:
    with SpeechSynthesizer() as speaker:
        _, spoken = speaker.speak(Utterance("妈妈不怕雾", "zh", "lady", "calm"))
    shapes = [mouth.shape for mouth in spoken.mouths]
    assert shapes[-1] == "rest" and {"closed", "open"} <= set(shapes)
    starts = [mouth.start for mouth in spoken.mouths]
    assert starts == sorted(starts) and starts[-1] <= spoken.seconds


@pytest.mark.parametrize(
    ("phoneme", "shape"),
    [
        ("m", "closed"),
        ("'A", "open"),
        ("u:", "round"),
        ("i:", "wide"),
        ("f", "teeth"),
        ("_:", "rest"),
        ("_|", None),
        ("(en)", None),
    ],
)
def test_phonemes_have_their_mouths(phoneme: str, shape: str | None) -> None:
    assert viseme(phoneme) == shape


def test_mouths_never_crowd() -> None:
    crowded = [(10 * index, "m" if index % 2 else "'A") for index in range(30)]
    starts = [mouth.start for mouth in mouths(crowded, 0.0, 0.4)]
    assert len(starts) < 20


def test_a_line_that_cannot_be_spoken_becomes_silence_and_says_so() -> None:
    with SpeechSynthesizer() as speaker:
        sound, spoken = speaker.speak(Utterance("😀😀……", "zh", None, "calm"))
    assert spoken.silent and not sound.any() and 1.2 <= spoken.seconds <= 6


def test_nothing_that_would_be_spelt_out_reaches_the_synth() -> None:
    assert speakable("𠮷野家 😀", "zh") == "野家"
    assert speakable("等等——别开门！", "zh") == "等等，别开门！"
    assert speakable("李生 opened <b>it</b>…", "en") == "opened b it b"
    assert speakable("“……”", "zh") == ""


def test_the_speaking_child_dies_with_its_parent() -> None:
    code = (
        "import signal; from generation.voice import SpeechSynthesizer, Utterance; "
        "s = SpeechSynthesizer();"
        "s.speak(Utterance('你好', 'zh', None, 'calm')); print(s._child.pid, flush=True); "
        "signal.pause()"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    wait_until(lambda: not alive(child))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_dead_child_is_told_and_the_next_line_starts_a_new_one() -> None:
    with SpeechSynthesizer() as speaker:
        speaker.speak(Utterance("你好", "zh", None, "calm"))
        assert speaker._child.pid is not None
        os.kill(speaker._child.pid, signal.SIGKILL)
        os.waitpid(speaker._child.pid, 0)
        with pytest.raises(OSError, match="died"):
            speaker.speak(Utterance("你好", "zh", None, "calm"))
        assert speaker.speak(Utterance("你好", "zh", None, "calm"))[1].seconds > 0.3


def test_a_line_is_synthesised_once_for_all(store) -> None:  # type: ignore[no-untyped-def]
    utterance = Utterance("今天该还了", "zh", "lady", "anger")
    with VoiceStore(store) as voices:
        first = voices.sound(utterance)
        assert voices.made == 1
    with VoiceStore(store) as voices:
        assert np.array_equal(voices.sound(utterance), first) and voices.made == 0


def test_waves_come_back_as_they_were_written(tmp_path) -> None:  # type: ignore[no-untyped-def]
    sound = np.stack([tone(300, 0.2, -6), tone(500, 0.2, -12)], axis=1)
    write_wave(tmp_path / "a.wav", sound)
    assert np.abs(read_wave(tmp_path / "a.wav") - sound).max() < 1e-4
