"""The cue lists, compiled once: which wordings give a line away as no part of the article."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

_CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĹĽŁŃŇŌŐŒŔŘŚŞŠŤŪŮŰŹŻŽА-ЯЁІЇЄΑ-Ω"
_CLASSES = {"{U}": f"(?-i:[{_CAPITALS}])", "{N}": r"[\w.'’-]", "{C}": f"(?-i:[{_CAPITALS} &-])"}


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled patterns; `strong`, `weak` and `whole` go by reason code, in the order of the file."""

    strong: Mapping[str, re.Pattern[str]]
    weak: Mapping[str, re.Pattern[str]]
    whole: Mapping[str, re.Pattern[str]]
    caption: re.Pattern[str]
    section: re.Pattern[str]
    sources: re.Pattern[str]
    closing: re.Pattern[str]
    notes: re.Pattern[str]
    author: re.Pattern[str]
    kicker: re.Pattern[str]
    biography: tuple[re.Pattern[str], ...]


def _pattern(sources: list[str], frame: str = "%s") -> re.Pattern[str]:
    # Beside one another, wordings that begin alike are compiled to one beginning: few places of a text pass a "\\b".
    runs = ("|".join(f"(?:{source})" for source in run) for _, run in groupby(sources, key=itemgetter(slice(2))))
    joined = frame % "|".join(f"(?:{run})" for run in runs)
    for name, letters in _CLASSES.items():
        joined = joined.replace(name, letters)
    return re.compile(joined, re.IGNORECASE)


def _by_reason(sources: Mapping[str, list[str]], frame: str = "%s") -> Mapping[str, re.Pattern[str]]:
    return {reason: _pattern(wordings, frame) for reason, wordings in sources.items()}


@cache
def cues() -> Cues:
    """The project's cue lists, read from `cues.json` beside this module."""
    lists = json.loads(Path(__file__).with_name("cues.json").read_text(encoding="utf-8"))
    return Cues(
        strong=_by_reason(lists["strong"]),
        weak=_by_reason(lists["weak"]),
        whole=_by_reason(lists["whole"], r"\W*(?:%s)\W*"),
        caption=_pattern(lists["caption"]),
        section=_pattern(lists["section"], r"(?:\W*\d{1,2}[.)]?\s*)?(?:%s)\W*"),
        sources=_pattern(lists["sources"], r"\W*(?:\d{1,2}[.)]?\s*)?(?:%s)\W*"),
        closing=_pattern(lists["closing"], r"\W*(?:%s)\W*"),
        notes=_pattern(lists["notes"], r"\W*(?:%s)\W*"),
        author=_pattern(lists["author"], r"\W*(?:%s)\W*"),
        kicker=_pattern(lists["kicker"], r"\W*(?:%s)\W*"),
        biography=tuple(_pattern([source]) for source in lists["bio"]),
    )
