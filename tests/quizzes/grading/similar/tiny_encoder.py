"""A sentence encoder of a few words, written byte by byte: its vectors are those that a test gives its words.

An ONNX file is a protocol buffer; the field numbers are those of onnx.proto3 (ONNX, Apache License 2.0).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from quizzes.grading.similar.encoder import COEFFICIENTS, FEATURE, MODEL, TOKENIZER
from quizzes.grading.similar.model import Model, Scale, Weights, as_json, shipped

INT64, FLOAT = 7, 1
WORDS: Mapping[str, Sequence[float]] = {
    "[UNK]": (0.0, 0.0, 1.0),
    "wind": (1.0, 0.0, 0.0),
    "gale": (0.8, 0.6, 0.0),
    "fog": (0.0, 1.0, 0.0),
}
needs_packages = pytest.mark.skipif(
    not all(map(find_spec, ("onnxruntime", "tokenizers"))),
    reason="onnxruntime and tokenizers, the extra “semantic”, are not installed",
)


def tiny_encoder(folder: Path, *, inputs: Sequence[str] = ("input_ids", "attention_mask")) -> Path:
    """The folder with model and tokenizer, without coefficients."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL).write_bytes(_model(list(WORDS.values()), inputs))
    (folder / TOKENIZER).write_text(json.dumps(_tokenizer(list(WORDS))), encoding="utf-8")
    return folder


def with_figure(coefficient: float) -> Model:
    """The shipped model with a weight for the encoder's figure."""
    model = shipped()

    def weighed(weights: Weights) -> Weights:
        # The figure comes last among the scales, and the products of pairs follow.
        place = len(model.scales)
        kept = weights.coefficients
        return replace(weights, coefficients=(*kept[:place], coefficient, *kept[place:]))

    scales = {**model.scales, FEATURE: Scale(0.0, 1.0)}
    return Model(scales, weighed(model.single), weighed(model.several))


def fitted(folder: Path, model: Model | None = None) -> Path:
    """The folder with these coefficients; by default the figure weighs nothing."""
    (folder / COEFFICIENTS).write_text(json.dumps(as_json(model or with_figure(0.0))), encoding="utf-8")
    return folder


def _tokenizer(words: Sequence[str]) -> dict[str, object]:
    """Words in lower case, each a token."""
    model = {"type": "WordLevel", "vocab": {word: place for place, word in enumerate(words)}, "unk_token": "[UNK]"}
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"}, "post_processor": None, "decoder": None, "model": model,
    }  # fmt: skip


def _model(vectors: Sequence[Sequence[float]], inputs: Sequence[str]) -> bytes:
    """Gathers the vector of each token: tokens in rows of a batch in, vectors of three numbers out."""
    node = _text(1, "vectors") + _text(1, "input_ids") + _text(2, "last_hidden_state") + _text(4, "Gather")
    raw = b"".join(struct.pack("<f", number) for vector in vectors for number in vector)
    kept = _number(1, len(vectors)) + _number(1, 3) + _number(2, FLOAT) + _text(8, "vectors") + _bytes(9, raw)
    graph = _bytes(1, node) + _text(2, "tiny") + _bytes(5, kept)
    graph += b"".join(_bytes(11, _value(name, INT64, ("batch", "tokens"))) for name in inputs)
    graph += _bytes(12, _value("last_hidden_state", FLOAT, ("batch", "tokens", 3)))
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _text(1, "") + _number(2, 13))


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    dimensions = b"".join(_bytes(1, _text(2, each) if isinstance(each, str) else _number(1, each)) for each in shape)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, dimensions)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _varint(value: int) -> bytes:
    """Seven bits a byte, the least first; the highest bit says that more follow."""
    head, rest = value & 0x7F, value >> 7
    return bytes([head | 0x80]) + _varint(rest) if rest else bytes([head])
