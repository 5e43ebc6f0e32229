"""What a rule finds, mended by rule where there is only one way to mend it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizzes.drafting.lint import lint
from quizzes.questions import question_type
from quizzes.questions.base import Content

Rows = list[dict[str, Any]]
FEWEST_OPTIONS = 3
"""So many options are left where one is taken out."""
_OTHERS = re.compile(
    r"\b(?:all|none|both|neither|any)\s+of\s+(?:the\s+)?(?:above|these|those|them|below)\b", re.IGNORECASE
)
_QUOTED_BLANK = re.compile(r"[“\"‘«„]\s*(_{2,})\s*[”\"’»“]")


def fixed(kind: str, content: Content, rule: str, *, evidence: Sequence[str] = (), article: str = "") -> Content | None:
    """The content mended so that `rule` finds nothing in it any more, no other rule finds more, and it is sound.

    None where there is no such fix. The key, and what the content accepts, stay as they are. Never raises.
    """
    mend = FIXES.get(rule)
    changed = mend(content) if mend and isinstance(content, Mapping) else None
    if changed is None or changed == content or question_type(kind).check(changed):
        return None
    before = [each.rule for each in lint(kind, content, evidence=evidence, article=article)]
    after = [each.rule for each in lint(kind, changed, evidence=evidence, article=article)]
    is_better = rule in before and rule not in after and set(after) <= set(before)
    return changed if is_better else None


def _without_repeated(content: Content) -> Content | None:
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
    return _with(content, kept)


def _without_others(content: Content) -> Content | None:
    """A wrong option that speaks about other options goes."""
    rows = _options(content)
    kept = [row for row in rows if row.get("correct") is True or not _OTHERS.search(str(row.get("text", "")))]
    return _with(content, kept) if len(kept) >= FEWEST_OPTIONS else None


def _of_one_form(content: Content) -> Content | None:
    """Every option begins with a capital letter, and ends without a full stop unless all of them have one."""
    rows = _options(content)
    texts = [str(row.get("text", "")).strip() for row in rows]
    all_stop = all(text.endswith(".") for text in texts)
    plain = [text if all_stop else text.removesuffix(".") for text in texts]
    return _with(content, [{**row, "text": text[:1].upper() + text[1:]} for row, text in zip(rows, plain, strict=True)])


def _without_quotes(content: Content) -> Content | None:
    """A blank stands without quotation marks."""
    stem = content.get("stem")
    return {**content, "stem": _QUOTED_BLANK.sub(r"\1", stem)} if isinstance(stem, str) else None


FIXES: Mapping[str, Callable[[Content], Content | None]] = {
    "all_of_the_above": _without_others,
    "key_quoted": _without_quotes,
    "option_twice": _without_repeated,
    "same_form": _of_one_form,
}


def _options(content: Content) -> Rows:
    rows = content.get("options")
    return [dict(row) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _with(content: Content, rows: Rows) -> Content | None:
    return {**content, "options": rows} if rows else None


def _folded(row: Mapping[str, Any]) -> str:
    return " ".join(str(row.get("text", "")).casefold().split())
