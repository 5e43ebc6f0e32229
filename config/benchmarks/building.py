"""Builds a draft course of a text, and says what that cost; called in a process and a database of its own."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction

from authoring.domain.build import build_now
from config.benchmarks.texts import longer_text, sample_text, texts_in
from course.reading.formats import read_file, read_text
from course.reading.outline import Source

REPEATS = 3


def measure(*, words: list[int], folder: str | None) -> list[dict[str, Any]]:
    """For the sample, synthetic texts of so many words and the files of a folder: {"text", "words", "questions", "ms"}.

    The milliseconds of CPU of the reader, the drafter and the writes; imports and first uses are over by then.
    """
    call_command("migrate", verbosity=0)
    built("first use", read_text(longer_text(300)))
    sources = {"the sample": read_text(sample_text())}
    sources |= {f"{count:,} words": read_text(longer_text(count)) for count in words}
    if folder:
        sources |= {path.name: read_file(path.name, path.read_bytes()) for path in texts_in(Path(folder))}
    return [built(name, source) for name, source in sources.items()]


def built(name: str, source: Source) -> dict[str, Any]:
    """The cheapest of a few builds, each of which is undone: whatever else the machine does only adds."""
    spent: list[float] = []
    questions = 0
    for _ in range(REPEATS):
        with transaction.atomic():
            before = time.process_time()
            questions = len(build_now(source, title=name).drafts.questions)
            spent.append((time.process_time() - before) * 1000)
            transaction.set_rollback(True)
    count = len(source.text.split())
    return {"text": name, "words": count, "questions": questions, "ms": round(min(spent), 1)}
