"""An optional sentence encoder: one more figure for the model, which an administrator fits and turns on.

It is off unless a request names a folder with an ONNX model of sentence vectors, its tokenizer and coefficients that
were fitted with it. Nothing is ever downloaded. The guards stand before it as before any other figure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from importlib import import_module
from math import isfinite
from pathlib import Path
from typing import Any

from quizzes.grading.base import GraderFault
from quizzes.grading.similar.model import Model, model_of

FEATURE = "encoded"
MODEL, TOKENIZER, COEFFICIENTS = FILES = ("model.onnx", "tokenizer.json", "coefficients.json")
PACKAGES = ("onnxruntime", "tokenizers", "numpy")
IDS, MASK, TYPES = INPUTS = ("input_ids", "attention_mask", "token_type_ids")
"""What a model may ask for, as sentence encoders do; the first it must."""
MOST_TOKENS, MOST_CHARACTERS = 256, 4_000
"""What is read of a text; sentence encoders are trained on less."""
_VECTORS_KEPT = 4_096


class EncoderUnavailable(GraderFault):
    """The encoder that was asked for cannot be used; the message says what is missing and what to do."""


class Encoder:
    """Turns texts into vectors of length 1. The files of its folder are read once."""

    def __init__(self, folder: Path) -> None:
        """Raises EncoderUnavailable without the packages, the model or the tokenizer, or when the model wants more."""
        self.folder = folder
        runtime, tokenizers, self._numpy = map(_package, PACKAGES)
        options = runtime.SessionOptions()
        # One thread adds up in one order: the same text has the same vector every time.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            self._session = runtime.InferenceSession(_file(folder, MODEL).read_bytes(), options)
            self._tokenizer = tokenizers.Tokenizer.from_file(str(_file(folder, TOKENIZER)))
        except EncoderUnavailable:
            raise
        except Exception as error:
            raise EncoderUnavailable(f"The encoder in {folder} cannot be read: {error}") from error
        self._tokenizer.enable_truncation(MOST_TOKENS)
        # Many are saved with padding to a fixed length, which would be averaged with the words.
        self._tokenizer.no_padding()
        self._inputs = _inputs(folder, self._session)

    @cached_property
    def model(self) -> Model:
        """The coefficients fitted with this encoder. Raises EncoderUnavailable when there are none."""
        kept = _file(
            self.folder, COEFFICIENTS, mend=f"Fit them: manage.py fit_grader FILE.jsonl --encoder {self.folder}"
        )
        try:
            model = model_of(json.loads(kept.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise EncoderUnavailable(f"{kept} has no coefficients that can be read.") from error
        if FEATURE not in model.scales:
            raise EncoderUnavailable(f"{kept} was fitted without an encoder.")
        return model

    def likeness(self, answer: str, references: Iterable[str]) -> float:
        """The cosine of the answer and the reference nearest to it, -1..1; 0 where a text has no token."""
        given = _vector(self, answer)
        vectors = [vector for vector in (_vector(self, each) for each in references) if vector is not None]
        return 0.0 if given is None else max((float(given @ vector) for vector in vectors), default=0.0)

    def vector(self, text: str) -> Any:
        """The mean vector of its tokens, or the model's own of a sentence, at length 1; None without a word.

        Raises EncoderUnavailable when the model cannot read what its tokenizer makes of the text.
        """
        numpy = self._numpy
        read = self._tokenizer.encode(text[:MOST_CHARACTERS])
        # What a tokenizer sets around every text, a beginning and an end, is none of its words.
        if all(read.special_tokens_mask):
            return None
        output = self._run(read.ids)
        mean = output.mean(axis=0) if output.ndim > 1 else output
        length = float(numpy.linalg.norm(mean))
        if not isfinite(length):
            raise EncoderUnavailable(f"The model in {self.folder} gives vectors that are no numbers.")
        return mean / (length or 1.0)

    def _run(self, ids: list[int]) -> Any:
        numpy = self._numpy
        row = numpy.array([ids], dtype=numpy.int64)
        fed = {IDS: row, MASK: numpy.ones_like(row), TYPES: numpy.zeros_like(row)}
        try:
            return self._session.run(None, {name: fed[name] for name in self._inputs})[0][0]
        except Exception as error:
            mend = "Are model and tokenizer those of one encoder?"
            raise EncoderUnavailable(f"The model in {self.folder} cannot read a text. {mend} {error}") from error


@lru_cache(maxsize=1)
def encoder_in(folder: str, digest: str) -> Encoder:
    """The encoder of this folder, ready to grade; opened once in a process.

    Raises EncoderUnavailable when a file is missing, when the files are not those of the digest, without the packages.
    """
    place = Path(folder)
    found = digest_of(place)
    if found != digest.lower():
        raise EncoderUnavailable(f"The files in {folder} have the digest {found}, and {digest} was expected.")
    encoder = Encoder(place)
    encoder.model  # noqa: B018 -- reading it is what checks it
    return encoder


def encoder_of(settings: Mapping[str, Any]) -> Encoder | None:
    """The encoder that the settings of a request name, {"encoder": {"folder", "digest"}}; None where they name none."""
    named = settings.get("encoder")
    return encoder_in(str(named["folder"]), str(named["digest"])) if named else None


def told_of(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What a grade says of the encoder that the settings name: {"encoder": {"name", "digest"}}; nothing without one."""
    named = settings.get("encoder")
    return {"encoder": {"name": Path(named["folder"]).name, "digest": str(named["digest"])}} if named else {}


def digest_of(folder: Path) -> str:
    """SHA-256 over all files of an encoder: another model, tokenizer or coefficient gives another."""
    total = hashlib.sha256()
    for name in FILES:
        with _file(folder, name).open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()


@lru_cache(maxsize=_VECTORS_KEPT)
def _vector(encoder: Encoder, text: str) -> Any:
    """Kept, because a reference is compared with every answer."""
    return encoder.vector(text)


def _file(folder: Path, name: str, *, mend: str = "Put it there, or unset POSTIL_ENCODER.") -> Path:
    path = folder / name
    if not path.is_file():
        raise EncoderUnavailable(f"The encoder has no file {path}. {mend}")
    return path


def _inputs(folder: Path, session: Any) -> frozenset[str]:
    """What the model asks for by name. Raises EncoderUnavailable when that is nothing a text alone can give."""
    asked = frozenset(each.name for each in session.get_inputs())
    if IDS not in asked or not asked <= frozenset(INPUTS):
        wanted = f"{IDS} and may take {MASK} and {TYPES}; this one takes {', '.join(sorted(asked)) or 'nothing'}"
        raise EncoderUnavailable(f"The model in {folder} is no encoder of sentences, which takes {wanted}.")
    return asked


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        mend = "Install onnxruntime and tokenizers, the extra “semantic”, or unset POSTIL_ENCODER."
        raise EncoderUnavailable(f"The encoder needs {name}, which is not installed. {mend}") from error
