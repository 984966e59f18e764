"""Lines to sound: the formant engine that every installation has, and Kokoro with its pack.

``open_engine`` chooses. All sound is mono float32 at 48 kHz.
"""

from generation.voice.choosing import ENGINES, EngineName, VoiceMissing, open_engine
from generation.voice.formant import VERSION, SpeechSynthesizer, mouths, speakable, viseme
from generation.voice.types import RATE, Sound, SpeechEngine, SpokenUtterance, Utterance

__all__ = [
    "ENGINES",
    "RATE",
    "VERSION",
    "EngineName",
    "Sound",
    "SpeechEngine",
    "SpeechSynthesizer",
    "SpokenUtterance",
    "Utterance",
    "VoiceMissing",
    "mouths",
    "open_engine",
    "speakable",
    "viseme",
]
