"""The project's documentation as its tests read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from tests.quality.source import ROOT

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
RULE = re.compile(r"^\|[-| :]+\|$")
BAR = re.compile(r"(?<!\\)\|")


@cache
def pages() -> dict[str, str]:
    """Every page of documentation by its path from the root."""
    paths = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


def page(name: str) -> str:
    return pages()[name]


def blocks(text: str, language: str) -> list[str]:
    """What stands in the fenced blocks of this language."""
    return [body for found, body in FENCE.findall(text) if found == language]


def prose(text: str) -> str:
    """The text without its fenced blocks."""
    return FENCE.sub("", text)


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every row of every table; headings are none."""
    lines = [*text.splitlines(), ""]
    for line, following in pairwise(lines):
        if line.startswith("|") and not RULE.match(line) and not RULE.match(following):
            yield [cell.strip().replace("\\|", "|") for cell in BAR.split(line)[1:-1]]


def codes(cell: str) -> list[str]:
    """What a cell sets as code."""
    return CODE.findall(cell)


def slug(heading: str) -> str:
    """The anchor that a heading gets where Markdown is shown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def target(name: str, link: str) -> Path:
    """The file that a relative link of this page leads to."""
    return ((ROOT / name).parent / link.partition("#")[0]).resolve() if link.partition("#")[0] else ROOT / name
