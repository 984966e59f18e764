"""Times, weather, genres and moods of an English text."""

from __future__ import annotations

from typing import Literal

from generation.story.facts.en_scene.denials import DenialsAndNumbers
from generation.story.facts.english_words import longest
from generation.story.facts.lexicon import grammar
from generation.story.facts.types import TimeFact, ToneFact

_WORDS_FOR_A_STORY = grammar("en", "words_for_a_story")
_BEFORE_SEASONS = grammar("en", "before_seasons")


class TimesAndTones(DenialsAndNumbers):
    """Reads when it is, and how the film should feel."""

    def _time(self, at: int) -> int:
        lex = self.lex
        best = None
        for table in (lex.hours, lex.weathers, lex.eras, dict.fromkeys(lex.seasons, 1)):
            found = longest(self.words, at, table)
            if found and (best is None or found[1] > best[1]):
                best = found
        if best is None:
            return 0
        word, stop = best
        low = self.words[at].low
        if (
            low in ("will", "spring", "fall", "falls", "springs")
            and self._low(at - 1) not in _BEFORE_SEASONS
        ):
            return 0
        if (
            low.endswith("ing")
            and low not in ("morning", "evening", "spring", "lightning", "snowing")
        ) or low in ("rose", "fell"):
            return 0
        self.times.append(
            TimeFact(
                self._said(at, stop),
                self.span(at, stop),
                lex.hours.get(word),
                lex.weathers.get(word),
                lex.eras.get(word),
            )
        )
        self.used.update(range(at, stop))
        return stop

    def _tone(self, at: int) -> int:
        """Where a genre or mood that the text asks for ends; 0 when none begins at a word."""
        genre = longest(self.words, at, self.lex.genres)
        if genre and not (
            genre[1] - at == 1
            and genre[0] in ("romance", "myth", "heritage", "fable", "fantasy", "horror")
            and self._low(at - 1) in ("his", "her", "their", "of")
        ):
            return self._enter_tone("genre", at, genre[1], self.lex.genres[genre[0]])
        mood = longest(self.words, at, self.lex.moods)
        if mood:
            near = {
                self._low(index)
                for index in range(max(0, at - 3), min(mood[1] + 4, len(self.words)))
            }
            if near & _WORDS_FOR_A_STORY:
                return self._enter_tone("mood", at, mood[1], self.lex.moods[mood[0]])
        return 0

    def _enter_tone(self, kind: Literal["mood", "genre"], at: int, stop: int, meaning: str) -> int:
        self.tones.append(ToneFact(kind, self._said(at, stop), meaning, self.span(at, stop)))
        self.used.update(range(at, stop))
        return stop
