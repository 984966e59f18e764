"""A small convolutional network over characters and their syllables: the second half of the shipped
classifier.

Method: Kim, “Convolutional Neural Networks for Sentence Classification” (EMNLP 2014), with a
character's vector the sum of its own and its syllable's, so that a homophone keeps half of it.
Trained with PyTorch, applied with numpy: judging a text needs no PyTorch.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.text.model_folder import ModelError
from moderation.text.normalise import syllable
from moderation.text.obfuscation import Homophones

WIDTHS = (1, 2, 3, 4)
MAX_CHARACTERS = 120
CONVOLUTION = "convolution.npz"
_BATCH = 64
_UNKNOWN, _FIRST = 1, 2  # 0 pads

Ids = NDArray[np.int64]
Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class ConvolutionSettings:
    """How to train. The defaults were chosen by hand.

    vector: d, length of the vectors. filters: f, of each width. dropout, unknown: shares in 0–1.
    rewritten: share of the texts that are written with homophones in each epoch. min_count: texts
    that a character or syllable must occur in to get a vector.
    """

    epochs: int = 5
    vector: int = 64
    filters: int = 96
    dropout: float = 0.4
    unknown: float = 0.12  # characters hidden while training, half of them with their syllable
    rewritten: float = 0.4
    min_count: int = 3
    seed: int = 7


@dataclass(frozen=True)
class Convolution:
    """The trained network. ``arrays`` holds ``character_vectors`` (n+2, d), ``syllable_vectors``
    (m+2, d), and for convolution width k ``filter_k`` (k·d, f) and ``bias_k`` (f,), then ``out``
    (4·f,) and ``out_bias`` (1,).
    """

    characters: tuple[str, ...]
    syllables: tuple[str, ...]
    arrays: dict[str, Numbers]

    def log_odds(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Uncalibrated log-odds of abuse, (len(texts),) float64, of normalised texts.

        Only the first MAX_CHARACTERS characters of a text are read.
        """
        place, sound = self._places
        found = np.zeros(len(texts))
        order = sorted(
            range(len(texts)), key=lambda index: len(texts[index])
        )  # like lengths together: less padding
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            found[chosen] = self._batch(*_ids([texts[index] for index in chosen], place, sound))
        return found

    @cached_property
    def _places(self) -> tuple[dict[str, int], dict[str, int]]:
        """The rows of the vectors by character and by syllable."""
        return (
            {character: index for index, character in enumerate(self.characters, _FIRST)},
            {name: index for index, name in enumerate(self.syllables, _FIRST)},
        )

    def _batch(self, characters: Ids, syllables: Ids) -> Numbers:
        vectors = (
            self.arrays["character_vectors"][characters]
            + self.arrays["syllable_vectors"][syllables]
        )
        is_character = (characters > 0)[..., None]
        rows, length, size = vectors.shape
        padded = np.concatenate(
            [vectors, np.zeros((rows, max(WIDTHS) - 1, size), np.float32)], axis=1
        )
        pooled = []
        for width in WIDTHS:
            windows = np.concatenate(
                [padded[:, step : step + length] for step in range(width)], axis=2
            )
            activations = windows @ self.arrays[f"filter_{width}"] + self.arrays[f"bias_{width}"]
            pooled.append((np.maximum(activations, 0) * is_character).max(axis=1))
        out: Numbers = (
            np.concatenate(pooled, axis=1) @ self.arrays["out"] + self.arrays["out_bias"][0]
        )
        return out

    def save(self, folder: Path) -> tuple[str, ...]:
        """Write the network into ``folder``; the names of the files written."""
        arrays: dict[str, Any] = {
            name: array.astype(np.float16) for name, array in self.arrays.items()
        }
        arrays |= {"characters": np.array(self.characters), "syllables": np.array(self.syllables)}
        np.savez_compressed(folder / CONVOLUTION, **arrays)
        return (CONVOLUTION,)

    @classmethod
    def load(cls, folder: Path) -> Convolution:
        """From a folder whose card was checked. Raises ModelError."""
        try:
            with np.load(folder / CONVOLUTION, allow_pickle=False) as found:
                words = {name: tuple(map(str, found[name])) for name in ("characters", "syllables")}
                arrays = {
                    name: found[name].astype(np.float32)
                    for name in found.files
                    if name not in words
                }
            network = cls(words["characters"], words["syllables"], arrays)
            network.log_odds(["茶馆"])  # shapes that do not fit show at once
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise ModelError(f"{folder}: {CONVOLUTION} cannot be read ({error})") from error
        return network


def fit_convolution(
    texts: Sequence[str],
    abusive: NDArray[np.bool_],
    settings: ConvolutionSettings,
    on_progress: Callable[[float], None],
) -> Convolution:
    """Train on normalised texts; abusive: (len(texts),) bool.

    The same texts, settings and machine give the same network. ``on_progress`` gets the share done,
    0–1.
    """
    import torch

    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    homophones = Homophones(texts)
    characters = _common(Counter(c for text in texts for c in text), settings.min_count)
    syllables = _common(Counter(syllable(c) for text in texts for c in text), settings.min_count)
    place = {character: index for index, character in enumerate(characters, _FIRST)}
    sound = {name: index for index, name in enumerate(syllables, _FIRST)}
    network = _network(len(characters) + _FIRST, len(syllables) + _FIRST, settings)
    # A little doubt in the labels: they were made with a machine's help.
    targets = torch.tensor(abusive, dtype=torch.float32) * 0.9 + 0.05
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-2)
    steps = settings.epochs * -(-len(texts) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps)
    done = 0
    network.train()
    for _ in range(settings.epochs):
        seen = [
            homophones.rewrite(t, 0.2, rng) if rng.random() < settings.rewritten else t
            for t in texts
        ]
        for chosen in torch.split(torch.randperm(len(texts)), _BATCH):
            ids = _ids([seen[index] for index in chosen.tolist()], place, sound)
            logits = network(*(torch.from_numpy(array) for array in ids))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, targets[chosen])
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            done += 1
            on_progress(done / steps)
    return Convolution(tuple(characters), tuple(syllables), network.arrays())


def _network(characters: int, syllables: int, settings: ConvolutionSettings) -> Any:
    """The same network in PyTorch, for training."""
    import torch
    from torch import nn

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.characters = nn.Embedding(characters, settings.vector, padding_idx=0)
            self.syllables = nn.Embedding(syllables, settings.vector, padding_idx=0)
            for table in (self.characters, self.syllables):
                nn.init.normal_(table.weight, std=0.1)
                table.weight.data[0] = 0
            self.filters = nn.ModuleList(
                nn.Conv1d(settings.vector, settings.filters, width) for width in WIDTHS
            )
            self.out = nn.Linear(settings.filters * len(WIDTHS), 1)
            self.dropout = nn.Dropout(settings.dropout)

        def forward(self, character: Any, syllable_id: Any) -> Any:
            is_character = (character > 0).unsqueeze(1)
            hidden = (torch.rand(character.shape) < settings.unknown * self.training) & (
                character > 0
            )
            character = character.masked_fill(hidden, _UNKNOWN)
            syllable_id = syllable_id.masked_fill(
                hidden & (torch.rand(syllable_id.shape) < 0.5), _UNKNOWN
            )
            vectors = self.dropout(
                self.characters(character) + self.syllables(syllable_id)
            ).transpose(1, 2)
            vectors = nn.functional.pad(vectors, (0, max(WIDTHS) - 1))
            length = character.shape[1]
            pooled = [
                (torch.relu(convolution(vectors))[:, :, :length] * is_character).amax(2)
                for convolution in self.filters
            ]
            return self.out(self.dropout(torch.cat(pooled, 1))).squeeze(1)

        def arrays(self) -> dict[str, Numbers]:
            found: dict[str, Any] = {
                "character_vectors": self.characters.weight,
                "syllable_vectors": self.syllables.weight,
                "out": self.out.weight[0],
                "out_bias": self.out.bias,
            }
            filters: Any = self.filters
            for width, convolution in zip(WIDTHS, filters, strict=True):
                # (f, d, k) as PyTorch keeps it, to (k·d, f) for windows laid side by side.
                found[f"filter_{width}"] = convolution.weight.permute(2, 1, 0).reshape(
                    -1, settings.filters
                )
                found[f"bias_{width}"] = convolution.bias
            return {name: tensor.detach().numpy().copy() for name, tensor in found.items()}

    return Network()


def _ids(texts: Sequence[str], place: dict[str, int], sound: dict[str, int]) -> tuple[Ids, Ids]:
    """Numbers of characters and of syllables, padded with 0: two of shape (len(texts), longest)."""
    cut = [text[:MAX_CHARACTERS] for text in texts]
    shape = (len(cut), max([1, *map(len, cut)]))
    characters, syllables = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for row, text in enumerate(cut):
        characters[row, : len(text)] = [place.get(character, _UNKNOWN) for character in text]
        syllables[row, : len(text)] = [
            sound.get(syllable(character), _UNKNOWN) for character in text
        ]
    return characters, syllables


def _common(counts: Counter[str], min_count: int) -> list[str]:
    # numpy drops NULs at the end of a string, so such a character could not be stored.
    return sorted(word for word, count in counts.items() if count >= min_count and word.strip("\0"))
