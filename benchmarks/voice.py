"""How much of each engine's speech is misheard, and what it costs: ``python -m benchmarks.voice``.

Thirty lines of Chinese and thirty of English, spoken by a cast in its feelings, are heard by
Whisper base (the pack ``speech-to-text``, run by faster-whisper, which is not one of our packages:
``pip install faster-whisper``). Chinese is compared by its pinyin without tones, English by words;
the error is the edit distance over the length of the script, at most all of a line. Processor
seconds are those of the children that speak, their start included. Without the packs or the
library the status is 2 and nothing is claimed.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np

import models
from generation.storyboard import Emotion, Figure
from generation.voice import RATE, SpokenUtterance, Utterance, open_engine
from generation.voice.types import Sound, SpeechEngine
from models.cli import default_folder

FIGURES: list[Figure | None] = [
    None, "lady", "scholar", "general", "maid", "official", "elder", "crone", "monk", "child",
    "ghost", "fox",
]  # fmt: skip
ZH = """你今天为什么没有去学校？
那把伞，是三年前你留给我的。
她推开门，屋里一个人也没有。
我等了你十年，你却忘了我的名字。
将军带着八百人马，连夜出了城。
银行的行长把钥匙还给了老人。
下雨的时候，我总会想起外婆做的面。
这封信不是我写的，你看清楚。
谁敢动她一下，我就要谁的命！
月亮升起来的时候，河面上传来歌声。
孩子把最后一块糖分给了妹妹。
我们明天早上七点在车站见面。
他没有死，他只是不想让你找到他。
师父说过，这个匣子千万不能打开。
电话响了三声，然后断了。
你到底是谁？为什么会有我的照片？
奶奶把红薯埋在灶灰里，香味满屋都是。
那天晚上，全村的狗都没有叫。
只要你点头，这座酒楼就是你的。
风从窗户吹进来，灯一下子灭了。
我不后悔，再来一次我还是会救你。
快跑，前面的桥要塌了！
机器人第一次学会了说谎。
医生看着化验单，半天没有说话。
二十年前的案子，今天终于有了结果。
老虎低下头，轻轻闻了闻她的手。
对不起，我来晚了。
皇上有旨，即刻开城门。
飞船还有四十分钟就要离开火星了。
她笑着说，下辈子我们还做邻居。""".splitlines()
EN = """Why did you not go to school today?
That umbrella is the one you left me three years ago.
She pushed the door open, and nobody was inside.
I waited ten years for you, and you forgot my name.
The general rode out of the city that night with eight hundred men.
The banker gave the key back to the old man.
When it rains I always think of my grandmother's soup.
I did not write this letter, look at it again.
If anyone touches her, they will answer to me!
A song came over the river when the moon rose.
The child gave his last piece of candy to his sister.
We meet at the station tomorrow at seven in the morning.
He is not dead, he just does not want to be found.
My teacher said this box must never be opened.
The phone rang three times and then it stopped.
Who are you, and why do you have my photograph?
The kitchen smelled of bread and wood smoke.
That night not a single dog in the village barked.
Say yes, and this restaurant is yours.
The wind came through the window and the lamp went out.
I regret nothing, I would save you again.
Run, the bridge is going to fall!
The robot learned to tell its first lie.
The doctor looked at the paper and said nothing for a while.
The case was twenty years old, and today it had an answer.
The tiger lowered its head and smelled her hand.
I am sorry that I came so late.
By order of the king, open the gates at once.
The ship leaves Mars in forty minutes.
She smiled and said that we would be neighbours again.""".splitlines()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a JSON line for each engine and language."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--models", type=Path, default=default_folder())
    parser.add_argument("--lines", type=int, default=30, help="of each language")
    parser.add_argument("--engine", choices=["kokoro", "formant"], help="only this one")
    parser.add_argument("--misses", action="store_true", help="print what was misheard")
    options = parser.parse_args(arguments)
    hearing = models.find(options.models, "speech-to-text")
    try:
        from faster_whisper import WhisperModel  # type: ignore[import-not-found]
    except ImportError:
        hearing = None
    if hearing is None or models.find(options.models, "voice") is None:
        print(json.dumps({"benchmark": "voice", "skipped": "needs faster-whisper and the packs "
                          "voice and speech-to-text (make models)"}))  # fmt: skip
        return 2
    ear = WhisperModel(str(hearing.path), device="cpu", compute_type="int8", cpu_threads=1)
    for engine_name in (options.engine,) if options.engine else ("kokoro", "formant"):
        for language, lines in (("zh", ZH), ("en", EN)):
            engine = open_engine(options.models, "formant" if engine_name == "formant" else "auto")
            _measure(ear, engine, language, lines[: options.lines], options.misses)
    return 0


def _measure(ear: Any, engine: SpeechEngine, language: str, lines: list[str], misses: bool) -> None:
    feelings: tuple[Emotion, ...] = get_args(Emotion)
    utterances = [
        Utterance(line, "zh" if language == "zh" else "en", FIGURES[at % len(FIGURES)],
                  feelings[at % len(feelings)])
        for at, line in enumerate(lines)
    ]  # fmt: skip
    before, began = _children(), time.perf_counter()
    spoken: list[tuple[Sound, SpokenUtterance]] = engine.speak_all(utterances)
    wall = time.perf_counter() - began
    engine.close()
    processor, seconds = _children() - before, sum(how.seconds for _, how in spoken)
    errors = units = 0
    by_figure: dict[str, float] = {}
    for utterance, (sound, _) in zip(utterances, spoken, strict=True):
        heard = _hear(ear, sound, language)
        said, got = _units(utterance.text, language), _units(heard, language)
        # Whisper may repeat itself without end: no line is more than wholly misheard.
        wrong = min(_distance(said, got), len(said))
        errors, units = errors + wrong, units + len(said)
        name = utterance.figure or "storyteller"
        by_figure[name] = by_figure.get(name, 0.0) + wrong
        if misses and wrong:
            print(f"{wrong}/{len(said)} {name} {utterance.text} | {heard}", file=sys.stderr)
    print(json.dumps({
        "benchmark": "voice", "engine": engine.name, "language": language, "lines": len(lines),
        "misheard": round(errors / units, 4), "seconds": round(seconds, 1),
        "processor_per_second": round(processor / seconds, 3),
        "wall_per_second": round(wall / seconds, 3),
        "wrong_by_figure": {name: count for name, count in by_figure.items() if count},
    }), flush=True)  # fmt: skip


def _hear(ear: Any, sound: Sound, language: str) -> str:
    from scipy.signal import resample_poly

    quiet = np.zeros(16_000 // 3, np.float32)
    heard = np.concatenate([quiet, resample_poly(sound, 16_000, RATE).astype(np.float32), quiet])
    segments, _ = ear.transcribe(heard, language=language, beam_size=5, temperature=0.0,
                                 condition_on_previous_text=False)  # fmt: skip
    return "".join(segment.text for segment in segments)


def _units(text: str, language: str) -> list[str]:
    """Syllables without tones, or words; numbers in words."""
    if language == "en":
        from re import sub

        plain = sub(r"[^a-z' ]", " ", text.lower().replace("’", "'"))
        return plain.split()
    import cn2an
    from pypinyin import lazy_pinyin

    text = cn2an.transform(text, "an2cn") if re.search(r"\d", text) else text
    return lazy_pinyin([char for char in text if "\u4e00" <= char <= "\u9fff"])


def _distance(said: list[str], heard: list[str]) -> int:
    """The edit distance of two sequences."""
    row = list(range(len(heard) + 1))
    for at, unit in enumerate(said, 1):
        left, row[0] = row[0], at
        for other, got in enumerate(heard, 1):
            left, row[other] = (
                row[other],
                min(row[other] + 1, row[other - 1] + 1, left + (unit != got)),
            )
    return row[-1]


def _children() -> float:
    """Processor seconds of the children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    raise SystemExit(main())
