"""A sentence encoder of a few words, written byte by byte: its vectors are those that a test gives its words.

An ONNX file is a protocol buffer; the field numbers are those of onnx.proto3 (ONNX, Apache License 2.0).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from quizzes.grading.similar.encoder import COEFFICIENTS, FEATURE, IDS, MASK, MODEL, TOKENIZER, TYPES
from quizzes.grading.similar.model import Model, Scale, Weights, as_json, shipped

INT64, FLOAT = 7, 1
AN_INTEGER, INTEGERS = 2, 7
WORDS: Mapping[str, Sequence[float]] = {
    "[UNK]": (0.0, 0.0, 1.0),
    "wind": (1.0, 0.0, 0.0),
    "gale": (0.8, 0.6, 0.0),
    "fog": (0.0, 1.0, 0.0),
    "[CLS]": (0.0, 0.0, 0.0),
    "[SEP]": (0.0, 0.0, 0.0),
}
needs_packages = pytest.mark.skipif(
    not all(map(find_spec, ("onnxruntime", "tokenizers"))),
    reason="onnxruntime and tokenizers, the extra “semantic”, are not built for this machine",
)


@dataclass(frozen=True)
class Graph:
    """What a model takes and gives; as sentence encoders do, it blanks what the mask leaves out."""

    inputs: Sequence[str] = (IDS, MASK)
    pooled: bool = False
    """Whether it gives the vector of the sentence itself, the mean of its tokens."""
    vectors: Sequence[Sequence[float]] = tuple(WORDS.values())


def tiny_encoder(folder: Path, graph: Graph | None = None, saved: Mapping[str, object] | None = None) -> Path:
    """The folder with model and tokenizer, without coefficients; `saved` replaces parts of the tokenizer's file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL).write_bytes(_model(graph or Graph()))
    (folder / TOKENIZER).write_text(json.dumps({**_tokenizer(list(WORDS)), **(saved or {})}), encoding="utf-8")
    return folder


def _special(token: str) -> dict[str, object]:
    return {
        "id": list(WORDS).index(token), "content": token, "single_word": False, "lstrip": False, "rstrip": False,
        "normalized": False, "special": True,
    }  # fmt: skip


# As BERT's tokenizers are saved: a token before and after every text, and padding up to a fixed length.
FRAMED: Mapping[str, object] = {
    "added_tokens": [_special("[CLS]"), _special("[SEP]")],
    "post_processor": {
        "type": "BertProcessing",
        "cls": ["[CLS]", list(WORDS).index("[CLS]")],
        "sep": ["[SEP]", list(WORDS).index("[SEP]")],
    },
}
PADDED: Mapping[str, object] = {
    "padding": {
        "strategy": {"Fixed": 16}, "direction": "Right", "pad_to_multiple_of": None, "pad_id": 0, "pad_type_id": 0,
        "pad_token": "[UNK]",
    },
}  # fmt: skip


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


def _model(graph: Graph) -> bytes:
    """Looks up the vector of each token: tokens in rows of a batch in, vectors of three numbers out."""
    nodes, found = [_node("Gather", ("vectors", IDS), "looked_up")], "looked_up"
    if TYPES in graph.inputs:
        nodes += [_node("Gather", ("types", TYPES), "typed"), _node("Add", (found, "typed"), "of_type")]
        found = "of_type"
    if MASK in graph.inputs:
        nodes += [
            _node("Cast", (MASK,), "mask", _text(1, "to") + _number(3, FLOAT) + _number(20, AN_INTEGER)),
            _node("Unsqueeze", ("mask", "last_axis"), "wide_mask"),
            _node("Mul", (found, "wide_mask"), "unmasked"),
        ]
        found = "unmasked"
    last = (
        ("ReduceMean", _text(1, "axes") + _number(8, 1) + _number(20, INTEGERS)) if graph.pooled else ("Identity", b"")
    )
    nodes.append(_node(last[0], (found,), "last_hidden_state", last[1]))
    body = b"".join(_bytes(1, node) for node in nodes) + _text(2, "tiny") + _constants(graph)
    body += b"".join(_bytes(11, _value(name, INT64, ("batch", "tokens"))) for name in graph.inputs)
    shape = ("batch", 3) if graph.pooled else ("batch", "tokens", 3)
    body += _bytes(12, _value("last_hidden_state", FLOAT, shape))
    return _number(1, 8) + _bytes(7, body) + _bytes(8, _text(1, "") + _number(2, 13))


def _constants(graph: Graph) -> bytes:
    """The vectors of tokens and of the two types of a token, of which a sentence by itself has but the first."""
    last_axis = _number(1, 1) + _number(2, INT64) + _text(8, "last_axis") + _bytes(9, struct.pack("<q", 2))
    types = _vectors("types", ((0.0, 0.0, 0.0), (9.0, 9.0, 9.0)))
    return b"".join(_bytes(5, each) for each in (_vectors("vectors", graph.vectors), types, last_axis))


def _vectors(name: str, vectors: Sequence[Sequence[float]]) -> bytes:
    raw = b"".join(struct.pack("<f", number) for vector in vectors for number in vector)
    return _number(1, len(vectors)) + _number(1, 3) + _number(2, FLOAT) + _text(8, name) + _bytes(9, raw)


def _node(operator: str, inputs: Sequence[str], output: str, attribute: bytes = b"") -> bytes:
    kept = b"".join(_text(1, each) for each in inputs) + _text(2, output) + _text(4, operator)
    return kept + (_bytes(5, attribute) if attribute else b"")


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
