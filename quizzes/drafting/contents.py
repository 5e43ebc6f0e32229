"""Puts content together in the shape of each kind: opaque ids, and an order of options that tells nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from quizzes.drafting.terms import Sentence
from quizzes.questions.ids import opaque_ids

GAP = "____"
CONTEXT_WORDS = 14


def drawn(seed: str, below: int) -> int:
    """A number from 0 to `below` - 1 that depends on the seed alone."""
    return int.from_bytes(sha256(seed.encode("utf-8", "surrogatepass")).digest()[:8]) % max(1, below)


def choice_content(
    stem: str, *, right: Mapping[str, str], wrong: Mapping[str, str], explanation: str
) -> dict[str, Any]:
    """Single or multiple choice: `right` and `wrong` map an option's text to its feedback."""
    rows = [(text, True, note) for text, note in right.items()] + [(text, False, note) for text, note in wrong.items()]
    rows.sort(key=lambda row: sha256(f"{stem}\x1f{row[0]}".encode("utf-8", "surrogatepass")).digest())
    ids = opaque_ids(len(rows), stem)
    options = [
        {"id": name, "text": text, "correct": correct, "feedback": note}
        for name, (text, correct, note) in zip(ids, rows, strict=True)
    ]
    return {"stem": stem, "options": options, "explanation": explanation}


def statement_content(statement: str, *, answer: str, notes: Mapping[str, str], explanation: str) -> dict[str, Any]:
    """True, false or not stated."""
    return {"stem": statement, "answer": answer, "feedback": dict(notes), "explanation": explanation}


def short_text_content(stem: str, *, accepted: Sequence[str], explanation: str) -> dict[str, Any]:
    """A short answer, tolerant of typing errors."""
    return {"stem": stem, "accepted": list(accepted), "typos": True, "explanation": explanation}


def numeric_content(stem: str, *, value: float, unit: str = "", explanation: str) -> dict[str, Any]:
    """A number, exact, which may be typed with its unit if it has one."""
    return {"stem": stem, "value": value, "units": [{"text": unit}] if unit else [], "explanation": explanation}


def cloze_content(
    stem: str,
    *,
    before: str,
    after: str,
    accepted: Sequence[str],
    options: Sequence[str],
    feedback: str,
    explanation: str,
) -> dict[str, Any]:
    """One gap in a sentence; `options` (with the key among them) make it a dropdown, none leave it typed."""
    (name,) = opaque_ids(1, before + after)
    gap: dict[str, Any] = {"id": name, "accepted": list(accepted), "feedback": feedback}
    if options:
        gap["options"] = sorted(
            options, key=lambda text: sha256(f"{before}{after}\x1f{text}".encode("utf-8", "surrogatepass")).digest()
        )
    text = f"{before}{{{{{name}}}}}{after}"
    return {"stem": stem, "text": text, "gaps": [gap], "explanation": explanation}


def evidence_content(
    stem: str, *, sentences: Sequence[Sentence], right: Sequence[Sentence], explanation: str
) -> dict[str, Any]:
    """Sentences in reading order with their offsets in the article."""
    ids = opaque_ids(len(sentences), stem + sentences[0].text)
    proving = {sentence.number for sentence in right}
    rows = [
        {
            "id": name,
            "text": sentence.text,
            "correct": sentence.number in proving,
            "start": sentence.span.start,
            "end": sentence.span.end,
        }
        for name, sentence in zip(ids, sentences, strict=True)
    ]
    return {"stem": stem, "sentences": rows, "explanation": explanation}


def shortened(text: str, *, words: int = 30) -> str:
    """The text, or its beginning with an ellipsis where it is longer than `words`."""
    parts = text.split()
    return " ".join(parts) if len(parts) <= words else " ".join(parts[:words]).rstrip(",;:") + " …"


def snippet(sentence: Sentence, start: int, end: int) -> str:
    """The words around a mention, cut at word borders, with ellipses where something is left out."""
    left = re.sub(r"^[-–—•*·]\s+", "", sentence.text[:start]).split()
    right = sentence.text[end:].split()
    before, after = left[-(CONTEXT_WORDS // 2) :], right[: CONTEXT_WORDS // 2]
    glued_left = "" if sentence.text[:start][-1:].isspace() or not before else before.pop()
    glued_right = "" if sentence.text[end : end + 1].isspace() or not after else after.pop(0)
    middle = f"{glued_left}{sentence.text[start:end]}{glued_right}"
    words = " ".join([*before, middle, *after])
    return (
        ("… " if len(before) < len(left) - bool(glued_left) else "")
        + words
        + (" …" if len(after) < len(right) - bool(glued_right) else "")
    )


def in_quotes(text: str) -> str:
    """The text in double quotation marks; those inside it become single."""
    inner = text.replace("“", "‘").replace("”", "’")
    while '"' in inner:
        inner = inner.replace('"', "‘", 1).replace('"', "’", 1)
    return f"“{inner}”"


def quoted_at_end(text: str) -> str:
    """The text in quotation marks as the end of a sentence of ours: one full stop, and not two."""
    return in_quotes(text) if text.rstrip(" ”’").endswith((".", "!", "?", "…")) else f"{in_quotes(text)}."
