"""A ``transformers`` sequence classifier loaded from a model folder, by the same interface as the
shipped one.

Weights are safetensors and the tokenizer is JSON: nothing is unpickled, no code from the folder is
run, nothing fetched.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.text.model_folder import ModelError
from moderation.text.normalise import normalise

MAX_TOKENS = 160
_BATCH = 32
_LOADING: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}


class TransformerClassifier:
    """Wraps a loaded model of two classes, the second of which is abuse."""

    def __init__(self, model: Any, tokenizer: Any, version: str) -> None:
        self._model, self._tokenizer, self._version = model.eval(), tokenizer, version

    @property
    def version(self) -> str:
        return self._version

    def score(self, texts: Sequence[str]) -> NDArray[np.float64]:
        import torch

        found = np.zeros(len(texts))
        # Texts of like length share a batch: padding costs as much as words do.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        with torch.inference_mode():
            for start in range(0, len(order), _BATCH):
                chosen = order[start : start + _BATCH]
                inputs = _encode(self._tokenizer, [normalise(texts[index]) for index in chosen])
                found[chosen] = self._model(**inputs).logits.softmax(-1)[:, 1].double().numpy()
        return found

    def explain(self, text: str, max_pieces: int = 3) -> tuple[str, ...]:
        return ()

    @classmethod
    def load(cls, folder: Path, card: dict[str, Any]) -> TransformerClassifier:
        """From a folder whose card was read and checked by ``read_card``. Raises ModelError."""
        model, tokenizer = _load(folder)
        digest = card["files"].get("model.safetensors", "")
        return cls(model, tokenizer, f"transformer-{digest[:12]}")


def fine_tune(
    texts: Sequence[str],
    abusive: Sequence[bool],
    folder: Path,
    base: str,
    *,
    epochs: int,
    seed: int,
    on_progress: Callable[[float], None],
) -> tuple[str, ...]:
    """Train on normalised texts and save into ``folder``; the names of the files saved.

    ``base`` is a folder as ``save_pretrained`` writes it, or ``tiny``: two layers from scratch over
    the texts' own characters, which shows that the path works and is no better than the linear
    model. Raises ModelError.
    """
    import torch

    torch.manual_seed(seed)
    model, tokenizer = _tiny(texts) if base == "tiny" else _load(Path(base))
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=1e-3 if base == "tiny" else 2e-5, weight_decay=0.01
    )
    targets = torch.tensor([int(value) for value in abusive])
    steps = epochs * -(-len(texts) // _BATCH)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.05, total_iters=steps)
    generator = torch.Generator().manual_seed(seed)
    model.train()
    done = 0
    for _ in range(epochs):
        for chosen in torch.split(torch.randperm(len(texts), generator=generator), _BATCH):
            inputs = _encode(tokenizer, [texts[int(index)] for index in chosen])
            loss = model(**inputs, labels=targets[chosen]).loss
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            done += 1
            on_progress(done / steps)
    model.save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)
    return tuple(path.name for path in folder.iterdir() if path.is_file())


def _encode(tokenizer: Any, texts: list[str]) -> dict[str, Any]:
    encoded = tokenizer(
        texts, truncation=True, max_length=MAX_TOKENS, padding=True, return_tensors="pt"
    )
    return {name: encoded[name] for name in ("input_ids", "attention_mask")}


def _load(folder: Path) -> tuple[Any, Any]:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    if not folder.is_dir():
        raise ModelError(f"there is no model folder at {folder}")
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(folder), **_LOADING)
        model = AutoModelForSequenceClassification.from_pretrained(
            str(folder), num_labels=2, use_safetensors=True, **_LOADING
        )
    except (OSError, ValueError, KeyError, json.JSONDecodeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"{folder} does not hold a sequence classifier: {reason}") from error
    return model, tokenizer


def _tiny(texts: Sequence[str]) -> tuple[Any, Any]:
    """A two-layer BERT over single characters, its vocabulary those of the texts."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    special = {
        "pad_token": "[PAD]",
        "unk_token": "[UNK]",
        "cls_token": "[CLS]",
        "sep_token": "[SEP]",
    }
    characters = sorted({character for text in texts for character in text})[:8000]
    vocabulary = {token: index for index, token in enumerate([*special.values(), *characters])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=special["unk_token"]))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        max_position_embeddings=MAX_TOKENS,
    )  # of two classes, as is the default
    fast: Any = PreTrainedTokenizerFast  # its constructor has no annotations
    return BertForSequenceClassification(config), fast(tokenizer_object=tokenizer, **special)
