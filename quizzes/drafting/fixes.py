"""What a rule finds, mended by rule where that needs no new words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from quizzes.drafting.lint import lint
from quizzes.drafting.words import folded
from quizzes.questions import question_type
from quizzes.questions.base import Content

Rows = list[dict[str, Any]]
Candidates = Iterator[Content]
FEWEST_OPTIONS = 3
"""So many options are left where one is taken out."""
MOST_TAKEN_OUT = 2
_OTHERS = re.compile(
    r"\b(?:all|none|both|neither|any)\s+of\s+(?:the\s+)?(?:above|these|those|them|below)\b", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:an?|the)\s+(?=\w)", re.IGNORECASE)
_QUOTED_BLANK = re.compile(r"[“\"‘«„]\s*(_{2,})\s*[”\"’»“]")


def fixed(kind: str, content: Content, rule: str, *, evidence: Sequence[str] = (), article: str = "") -> Content | None:
    """The content mended so that `rule` finds nothing in it any more, no other rule finds more, and it is sound.

    None where there is no such fix. Which option is right, and what the content accepts, stay as they are; of several
    ways the one that changes least is taken. Never raises.
    """
    mend = FIXES.get(rule)
    if mend is None or not isinstance(content, Mapping):
        return None

    def broken_by(each: Content) -> set[str]:
        return {finding.rule for finding in lint(kind, each, evidence=evidence, article=article)}

    before = broken_by(content)
    tried = mend(content) if rule in before else iter(())
    better = (each for each in tried if each != content and not question_type(kind).check(each))
    return next((each for each in better if broken_by(each) <= before - {rule}), None)


def _without_repeated(content: Content) -> Candidates:
    """Of options that read the same, the right one stays, else the first."""
    rows = _options(content)
    right = {_folded(row) for row in rows if row.get("correct") is True}
    seen: set[str] = set()
    kept: Rows = []
    for row in rows:
        is_repeated = _folded(row) in seen or (_folded(row) in right and row.get("correct") is not True)
        if not is_repeated:
            kept.append(row)
            seen.add(_folded(row))
    yield from _with(content, kept)


def _without_others(content: Content) -> Candidates:
    """A wrong option that speaks about other options goes."""
    rows = _options(content)
    kept = [row for row in rows if row.get("correct") is True or not _OTHERS.search(str(row.get("text", "")))]
    yield from _with(content, kept) if len(kept) >= FEWEST_OPTIONS else ()


def _without_wrong(content: Content) -> Candidates:
    """One wrong option goes, or two, while three options are left."""
    rows = _options(content)
    wrong = [place for place, row in enumerate(rows) if row.get("correct") is not True]
    for size in range(1, min(MOST_TAKEN_OUT, len(rows) - FEWEST_OPTIONS) + 1):
        for out in combinations(wrong, size):
            yield from _with(content, [row for place, row in enumerate(rows) if place not in out])


def _of_one_form(content: Content) -> Candidates:
    """Options begin with a capital letter and end without a full stop, unless all have one; then without an article.

    Else what stands out goes.
    """
    rows = _options(content)
    texts = [str(row.get("text", "")).strip() for row in rows]
    all_stop = all(text.endswith(".") for text in texts)
    plain = [text if all_stop else text.removesuffix(".") for text in texts]
    yield from _saying(content, rows, plain)
    yield from _saying(content, rows, [_ARTICLE.sub("", text, count=1) if _begins(text) else text for text in plain])
    yield from _without_wrong(content)


def _begins(text: str) -> bool:
    return _ARTICLE.match(text) is not None


def _saying(content: Content, rows: Rows, texts: Sequence[str]) -> Candidates:
    yield from _with(
        content, [{**row, "text": text[:1].upper() + text[1:]} for row, text in zip(rows, texts, strict=True)]
    )


def _without_quotes(content: Content) -> Candidates:
    """A blank stands without quotation marks."""
    stem = content.get("stem")
    if isinstance(stem, str):
        yield {**content, "stem": _QUOTED_BLANK.sub(r"\1", stem)}


FIXES: Mapping[str, Callable[[Content], Candidates]] = {
    "absolutes": _without_wrong,
    "all_of_the_above": _without_others,
    "distractor_in_same_sentence": _without_wrong,
    "distractor_true_in_lesson": _without_wrong,
    "key_quoted": _without_quotes,
    "option_lengths": _without_wrong,
    "option_twice": _without_repeated,
    "same_form": _of_one_form,
}


def _options(content: Content) -> Rows:
    rows = content.get("options")
    return [dict(row) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _with(content: Content, rows: Rows) -> Candidates:
    if rows:
        yield {**content, "options": rows}


def _folded(row: Mapping[str, Any]) -> str:
    return folded(str(row.get("text", "")))
