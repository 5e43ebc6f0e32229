"""Where lint rules register themselves under their stable ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from quizzes.drafting.draft import Finding
from quizzes.drafting.subject import Subject

Check = Callable[[Subject], Iterable[str]]
"""A rule yields one message for each fault it sees."""

_RULES: dict[str, Check] = {}


def rule(check: Check) -> Check:
    """Registers a check; its function's name is the rule's id, and its docstring says what the rule wants."""
    _RULES[check.__name__] = check
    return check


def rules() -> dict[str, Check]:
    """All registered rules by id, in order of their ids."""
    return dict(sorted(_RULES.items()))


def findings(subject: Subject) -> list[Finding]:
    """What every rule finds in one question, ordered by rule."""
    return [Finding(name, message) for name, check in rules().items() for message in check(subject)]


def is_clean(subject: Subject) -> bool:
    """Whether no rule finds anything in the question."""
    return not any(True for check in rules().values() for _message in check(subject))
