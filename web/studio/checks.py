"""What the lint rules say about a question, as its reviewer reads it: what to do about each finding, and what holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authoring.domain.lint_fixes import fix_for
from authoring.domain.review_checks import ReviewedQuestion
from quizzes.domain.waivers import WaivedFinding
from quizzes.drafting.draft import Finding
from quizzes.drafting.lint import rule_ids, wanted_by
from quizzes.models.waivers import UNWAIVABLE
from quizzes.questions import question_type
from web.studio.differences import differences


@dataclass(frozen=True, slots=True)
class Change:
    """What mending takes out of a field of the question, and what it puts there."""

    label: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """A finding that counts, and what can be done about it beside editing; `changes` are none where a person has to."""

    finding: Finding
    changes: tuple[Change, ...]
    is_waivable: bool


@dataclass(frozen=True, slots=True)
class Checks:
    """Findings that count, findings that are waived, and in one sentence each what the other rules want."""

    open: tuple[CheckedRule, ...]
    waived: tuple[WaivedFinding, ...]
    held: tuple[str, ...]


def checks_of(question: ReviewedQuestion) -> Checks:
    """The checks of one question."""
    changes = {each.rule: _changes(question, each.rule) for each in question.findings}
    broken = {each.rule for each in question.findings} | {each.finding.rule for each in question.waived}
    return Checks(
        open=tuple(CheckedRule(each, changes[each.rule], each.rule not in UNWAIVABLE) for each in question.findings),
        waived=question.waived,
        held=tuple(wanted_by(rule) for rule in rule_ids() if rule not in broken),
    )


def _changes(question: ReviewedQuestion, rule: str) -> tuple[Change, ...]:
    mended = fix_for(question, rule)
    return () if mended is None else changes_between(question.version.kind, question.version.content, mended)


def changes_between(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """What differs between two contents of the kind, field by field, line by line."""
    return tuple(
        Change(
            each.label,
            tuple(line for line in each.mine if line not in each.theirs),
            tuple(line for line in each.theirs if line not in each.mine),
        )
        for each in differences(question_type(kind), before, after)
    )
