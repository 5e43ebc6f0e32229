"""Builds a draft course of a text, and says what that cost; called in a process and a database of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from django.core.management import call_command
from django.db import transaction

from authoring.domain.build import build_now
from config.benchmarks.texts import longer_text, sample_text, texts_in
from course.reading.formats import read_file, read_text
from course.reading.outline import Source

ROUNDS = 12
"""In each round every text is built once, so that a while in which others slow the machine down meets all alike."""


def measure(*, words: list[int], folder: str | None) -> list[dict[str, Any]]:
    """What `told` says of the sample, of synthetic texts of so many words and of the files of a folder.

    The milliseconds of CPU of the reader, the drafter and the writes; imports and first uses are over by then.
    """
    call_command("migrate", verbosity=0)
    built("first use", read_text(longer_text(300)))
    sources = {"the sample": read_text(sample_text())}
    sources |= {f"{count:,} words": read_text(longer_text(count)) for count in words}
    if folder:
        sources |= {path.name: read_file(path.name, path.read_bytes()) for path in texts_in(Path(folder))}
    builds: list[list[Build]] = [[built(name, source) for name, source in sources.items()] for _ in range(ROUNDS)]
    return [told(name, source, of_text) for (name, source), *of_text in zip(sources.items(), *builds, strict=True)]


@dataclass(frozen=True, slots=True)
class Build:
    """What one build cost, in seconds of CPU, and how many questions it drafted."""

    seconds: float
    questions: int


def built(name: str, source: Source) -> Build:
    """A draft course was made and is undone."""
    with transaction.atomic():
        before = time.process_time()
        questions = len(build_now(source, title=name).drafts.questions)
        seconds = time.process_time() - before
        transaction.set_rollback(True)
    return Build(seconds, questions)


def told(name: str, source: Source, builds: Sequence[Build]) -> dict[str, Any]:
    """{"text", "words", "questions", "ms", "median_ms"}: the cheapest build and the middle one.

    The cheapest counts: whatever else the machine does only adds.
    """
    spent = [each.seconds * 1000 for each in builds]
    return {
        "text": name,
        "words": len(source.text.split()),
        "questions": builds[0].questions,
        "ms": round(min(spent), 1),
        "median_ms": round(median(spent), 1),
    }
