"""Texts to build courses from: the sample's, and longer ones made of it."""

from __future__ import annotations

import random
import re
from pathlib import Path

from config.benchmarks.course import sample

NAME = re.compile(r"\b[A-Z][a-z]{3,}\b|\b[a-z]{4,}-[a-z]{4,}\b")
VOWELS = "aeiou"


def sample_text() -> str:
    return sample().article.text


def longer_text(words: int) -> str:
    """At least so many words in whole paragraphs, and not a paragraph more. The same number gives the same text.

    Every round through the sample has names and coinages of its own, as a longer article has: repeated word for word,
    a text would grow without a new concept in it.
    """
    paragraphs: list[str] = []
    count = turn = 0
    while count < words:
        for paragraph in shuffled(turn):
            if count < words:
                paragraphs.append(with_names_of(paragraph, turn))
                count += len(paragraph.split())
        turn += 1
    return "\n\n".join(paragraphs)


def shuffled(turn: int) -> list[str]:
    """The sample's paragraphs, in another order each turn."""
    paragraphs = [passage.text for passage in sample().article.passages]
    return random.Random(turn).sample(paragraphs, len(paragraphs))  # noqa: S311 -- an order is no secret


def with_names_of(paragraph: str, turn: int) -> str:
    return NAME.sub(lambda found: renamed(found[0], turn), paragraph)


def renamed(word: str, turn: int) -> str:
    """The word with its vowels moved on; unchanged in every fifth turn, the first among them."""
    return "".join(VOWELS[(VOWELS.index(c) + turn) % 5] if c in VOWELS else c for c in word)


def texts_in(folder: Path) -> list[Path]:
    """The articles of a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in {".txt", ".md", ".html", ".docx", ".pdf"})
