"""Regular expressions that authors write, run by RE2: in time linear in the answer, and with bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import re2

from quizzes.questions.answers import is_storable
from quizzes.questions.authored import texts_problems
from quizzes.questions.base import BrokenQuestion, Problem
from quizzes.questions.text_matching import Tolerance, readings

MAX_PATTERNS = 20
LONGEST_PATTERN = 300
LONGEST_ANSWER = 300
"""Characters of an answer that patterns are tried on; a longer one fits none."""
MAX_MEMORY = 256 * 1024
"""Bytes that one compiled pattern may take."""


def fitting_pattern(answer: str, patterns: Iterable[str], *, tolerance: Tolerance) -> str | None:
    """The first pattern that fits the whole answer, as typed or without what the tolerance overlooks; None if none.

    Raises BrokenQuestion for what is no pattern.
    """
    if len(answer) > LONGEST_ANSWER:
        return None
    texts = readings(answer, tolerance=tolerance)
    return next((each for each in patterns if _fits(each, texts, case_sensitive=tolerance.case_sensitive)), None)


def pattern_problems(content: Any, name: str) -> Iterator[Problem]:
    """Problems of a list of patterns: how many, how long, and why one is none."""
    yield from texts_problems(content, name, "the patterns", least=0, most=MAX_PATTERNS, longest=LONGEST_PATTERN)
    patterns = content.get(name) if isinstance(content, dict) else None
    for place, pattern in enumerate(patterns[:MAX_PATTERNS] if isinstance(patterns, list) else ()):
        if isinstance(pattern, str) and pattern.strip() and len(pattern) <= LONGEST_PATTERN and is_storable(pattern):
            yield from _pattern_problems(pattern, f"{name}.{place}")


def _pattern_problems(pattern: str, where: str) -> Iterator[Problem]:
    try:
        compiled = _compiled(pattern, case_sensitive=False)
    except BrokenQuestion as broken:
        yield Problem("bad_pattern", str(broken), where)
        return
    if compiled.fullmatch(""):
        yield Problem("pattern_fits_nothing", "This pattern fits an empty answer. Make it ask for more.", where)


def _fits(pattern: str, texts: Iterable[str], *, case_sensitive: bool) -> bool:
    compiled = _compiled(pattern, case_sensitive=case_sensitive)
    return any(compiled.fullmatch(text) for text in texts)


@lru_cache(maxsize=1_024)
def _compiled(pattern: str, *, case_sensitive: bool) -> Any:
    options = re2.Options()
    options.max_mem, options.log_errors, options.case_sensitive = MAX_MEMORY, False, case_sensitive
    try:
        return re2.compile(pattern, options)
    except (re2.error, UnicodeError) as wrong:
        reason = (
            wrong.args[0].decode(errors="replace") if wrong.args and isinstance(wrong.args[0], bytes) else "no text"
        )
        raise BrokenQuestion(f"“{pattern}” is no pattern: {reason}.") from wrong
