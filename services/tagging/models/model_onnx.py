"""Any ONNX token-classification model, read from a folder.

The folder contains `model.onnx` (inputs `input_ids`, `attention_mask` and optionally
`token_type_ids`; output: logits by token), `tokenizer.json` (Hugging Face tokenizers) and
`config.json` with `id2label`, as `optimum-cli export onnx` writes them. Extra `onnx`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from services.tagging.models.base import LABELS, LanguageModel, ModelMissingError
from services.tagging.span import Span

MAX_TOKENS, STRIDE = 512, 64
"""Size of a window and overlap of two windows, in tokens."""

BATCH_WINDOWS = 16
"""Windows in one run of the model."""

CONFIDENCE = 0.8
"""Confidence of the model; its folder states no score."""


def load(folder: Path) -> LanguageModel:
    """Load the model in `folder`.

    Raises `ModelMissingError` where the libraries or one of the three files are missing
    or cannot be read.
    """
    try:
        import numpy as np
        import onnxruntime
        import tokenizers
    except ImportError as missing:
        raise ModelMissingError(f"{missing.name}: install newsloom-server[onnx]") from missing
    try:
        labels = _labels(json.loads((folder / "config.json").read_text(encoding="utf-8")))
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        # One core, as with the other models: throughput scales with the number of workers.
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    except Exception as broken:
        # The libraries raise their own classes, some of them plain Exception.
        raise ModelMissingError(f"no usable model in {folder}: {broken}") from broken
    return OnnxModel(
        name=folder.name,
        version=digest[:12],
        session=session,
        tokenizer=tokenizer,
        labels=labels,
        numpy=np,
    )


class OnnxModel:
    """A token classifier; a word has the label of its first token."""

    confidence = CONFIDENCE

    def __init__(
        self,
        *,
        name: str,
        version: str,
        session: Any,
        tokenizer: Any,
        labels: Sequence[str],
        numpy: Any,
    ) -> None:
        self.name = name
        self.version = version
        self._session = session
        self._tokenizer = tokenizer
        self._labels = labels
        self._numpy = numpy
        self._inputs = [one.name for one in session.get_inputs()]
        tokenizer.enable_truncation(MAX_TOKENS, stride=STRIDE)
        tokenizer.no_padding()

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the names in each text; long texts are read in overlapping windows."""
        windows: list[tuple[int, Any]] = []
        for number, encoding in enumerate(self._tokenizer.encode_batch(list(texts))):
            windows += [(number, one) for one in (encoding, *encoding.overflowing)]
        words: list[dict[tuple[int, int], str]] = [{} for _ in texts]
        for at in range(0, len(windows), BATCH_WINDOWS):
            batch = windows[at : at + BATCH_WINDOWS]
            for (number, window), row in zip(batch, self._run(batch), strict=True):
                for word, label in _words(window, [self._labels[int(one)] for one in row]):
                    # In an overlap the earlier window counts: it has more context.
                    words[number].setdefault(word, label)
        return [list(_spans(found)) for found in words]

    def _run(self, batch: Sequence[tuple[int, Any]]) -> Any:
        np = self._numpy
        longest = max(len(window.ids) for _, window in batch)
        shape = (len(batch), longest)
        inputs = {name: np.zeros(shape, dtype=np.int64) for name in self._inputs}
        for at, (_, window) in enumerate(batch):
            for name, values in (
                ("input_ids", window.ids),
                ("attention_mask", window.attention_mask),
                ("token_type_ids", window.type_ids),
            ):
                if name in inputs:
                    inputs[name][at, : len(values)] = values
        return self._session.run(None, inputs)[0].argmax(axis=-1)


def _labels(config: dict[str, Any]) -> list[str]:
    by_id = config["id2label"]
    return [str(by_id[str(at)]) for at in range(len(by_id))]


def _words(window: Any, labels: Sequence[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the bounds of each word with its label."""
    word, start, end, label = None, 0, 0, ""
    for number, (first, last), given in zip(window.word_ids, window.offsets, labels, strict=False):
        if number is None:
            continue
        if number != word:
            if word is not None:
                yield (start, end), label
            word, start, label = number, first, given
        end = last
    if word is not None:
        yield (start, end), label


def _spans(words: dict[tuple[int, int], str]) -> Iterator[Span]:
    """Join words to names by their B- and I- tags, or by equal labels in a model without B-."""
    start, end, kind = 0, 0, ""
    for (first, last), label in sorted(words.items()):
        prefix, _, name = label.rpartition("-")
        if kind and name == kind and prefix != "B":
            end = last
            continue
        if kind in LABELS:
            yield Span(start, end, LABELS[kind])
        start, end, kind = first, last, name if name in LABELS else ""
    if kind in LABELS:
        yield Span(start, end, LABELS[kind])
