"""What the lint rules say about a question, as its reviewer reads it: what to do about each finding, and what holds."""

from __future__ import annotations

from dataclasses import dataclass

from authoring.domain.lint_fixes import fixable_rules
from authoring.domain.review import ReviewedQuestion
from quizzes.domain.waivers import WaivedFinding
from quizzes.drafting.draft import Finding
from quizzes.drafting.lint import rule_ids, wanted_by
from quizzes.models.waivers import UNWAIVABLE


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """A finding that counts, and what can be done about it beside editing."""

    finding: Finding
    is_fixable: bool
    is_waivable: bool


@dataclass(frozen=True, slots=True)
class Checks:
    """Findings that count, findings that are waived, and in one sentence each what the other rules want."""

    open: tuple[CheckedRule, ...]
    waived: tuple[WaivedFinding, ...]
    held: tuple[str, ...]


def checks_of(question: ReviewedQuestion) -> Checks:
    """The checks of one question."""
    fixable = fixable_rules(question)
    broken = {each.rule for each in question.findings} | {each.finding.rule for each in question.waived}
    return Checks(
        open=tuple(CheckedRule(each, each.rule in fixable, each.rule not in UNWAIVABLE) for each in question.findings),
        waived=question.waived,
        held=tuple(wanted_by(rule) for rule in rule_ids() if rule not in broken),
    )
